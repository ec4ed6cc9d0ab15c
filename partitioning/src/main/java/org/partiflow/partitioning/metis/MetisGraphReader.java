package org.partiflow.partitioning.metis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads graphs in the format of METIS (manual of METIS 5.1, section 4.1.1): a header {@code vertices edges [format
 * [constraints]]}, then a line by vertex, neighbours numbered from 1; lines that begin with {@code %} are comments. The
 * three digits of the format say whether there are vertex sizes (read past), vertex weights and edge weights; what is
 * missing counts 1. Strict: one weight by vertex, positive weights, no loops or repeated edges, each edge at both ends
 * with the same weight, as many edges as declared. O(file) time. Stateless and thread-safe.
 */
public final class MetisGraphReader {
    private static final int MOST_DIGITS = 18;

    private final String file;
    private final InputStream in;
    private int line = 1;
    private int next;

    private MetisGraphReader(String file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        next = in.read();
    }

    /**
     * Reads a file.
     *
     * @throws MetisFormatException naming file and line, if it breaks the format
     * @throws IOException if it cannot be read
     */
    public static CsrGraph read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return read(file.toString(), in);
        }
    }

    /** Reads a stream; {@code name} stands for the file in messages. See {@link #read(Path)}. */
    public static CsrGraph read(String name, InputStream in) throws IOException {
        return new MetisGraphReader(name, in).parse();
    }

    private CsrGraph parse() throws IOException {
        skipComments();
        int n = (int) header("number of vertices", 1, Integer.MAX_VALUE - 8);
        long edges = header("number of edges", 0, Integer.MAX_VALUE / 2 - 8);
        long format = endOfLine() ? 0 : header("format", 0, 111);
        long constraints = endOfLine() ? 1 : header("number of constraints", 1, 1);
        if (format % 10 > 1 || format / 10 % 10 > 1 || constraints != 1) {
            throw wrong("format '" + format + "' must have the digits 0 and 1 only");
        }
        endLine();
        Rows rows = new Rows(n, (int) (2 * edges));
        for (int v = 0; v < n; v++) {
            skipComments();
            rows.openRow(v);
            vertex(rows, v, format);
        }
        rows.close();
        skipComments();
        while (next == '\n' || next == '\r' || next == ' ') {
            advance();
        }
        if (next >= 0) {
            throw wrong("text after the last of " + n + " vertices");
        }
        if (rows.used != rows.ends) {
            throw wrong(
                    rows.used + " ends of edges, but the header declares " + edges + " edges: " + 2 * edges + " ends");
        }
        return graph(rows);
    }

    private void vertex(Rows rows, int v, long format) throws IOException {
        if (next < 0) {
            throw wrong("the file ends at vertex " + (v + 1) + " of " + rows.vertices);
        }
        if (format >= 100) {
            number("vertex size", 0, Long.MAX_VALUE);
        }
        rows.weight[v] = format / 10 % 10 == 1 ? number("vertex weight", 1, Long.MAX_VALUE) : 1;
        rows.lines[v] = line;
        while (!endOfLine()) {
            int neighbour = (int) number("neighbour", 1, rows.vertices) - 1;
            long weight = format % 10 == 1 ? number("edge weight", 1, Long.MAX_VALUE) : 1;
            if (neighbour == v) {
                throw wrong("vertex " + (v + 1) + " is linked to itself");
            }
            if (rows.used == rows.ends) {
                throw wrong("more edges than the " + rows.used / 2 + " of the header");
            }
            rows.add(neighbour, weight);
        }
        rows.start[v + 1] = rows.used;
        endLine();
    }

    /** Transposes the rows, which sorts them, and compares both: they must be the same graph. */
    private CsrGraph graph(Rows rows) {
        int n = rows.weight.length;
        int[] start = new int[n + 1];
        for (int u : rows.neighbour) {
            start[u + 1]++;
        }
        for (int v = 0; v < n; v++) {
            start[v + 1] += start[v];
        }
        int[] at = Arrays.copyOf(start, n);
        int[] neighbour = new int[rows.used];
        long[] edge = new long[rows.used];
        for (int v = 0; v < n; v++) {
            for (int i = rows.start[v]; i < rows.start[v + 1]; i++) {
                int to = at[rows.neighbour[i]]++;
                if (to > start[rows.neighbour[i]] && neighbour[to - 1] == v) {
                    throw wrong(rows.lines[v], "vertex " + (rows.neighbour[i] + 1) + " is named twice");
                }
                neighbour[to] = v;
                edge[to] = rows.edge[i];
            }
        }
        for (int v = 0; v < n; v++) {
            for (int i = rows.start[v]; i < rows.start[v + 1]; i++) {
                int found = Arrays.binarySearch(neighbour, start[v], start[v + 1], rows.neighbour[i]);
                if (found < 0 || edge[found] != rows.edge[i]) {
                    throw wrong(
                            rows.lines[v],
                            "the edge from vertex " + (v + 1) + " to " + (rows.neighbour[i] + 1)
                                    + (found < 0 ? " is missing at its other end" : " weighs something else there"));
                }
            }
        }
        return new CsrGraph(start, neighbour, edge, rows.weight);
    }

    private long header(String what, long least, long most) throws IOException {
        return number(what, least, most);
    }

    private long number(String what, long least, long most) throws IOException {
        skipBlanks();
        if (next < '0' || next > '9') {
            throw wrong(what + " expected, found "
                    + (next < 0 ? "the end" : next == '\n' ? "the end of the line" : "'" + (char) next + "'"));
        }
        long value = 0;
        int digits = 0;
        while (next >= '0' && next <= '9') {
            value = 10 * value + (next - '0');
            if (++digits > MOST_DIGITS) {
                throw wrong(what + " has more than " + MOST_DIGITS + " digits");
            }
            advance();
        }
        if (value < least || value > most) {
            throw wrong(what + " " + value + " is not in [" + least + ", " + most + "]");
        }
        return value;
    }

    private boolean endOfLine() throws IOException {
        skipBlanks();
        return next < 0 || next == '\n';
    }

    private void endLine() throws IOException {
        if (!endOfLine()) {
            throw wrong("the line should end here, found '" + (char) next + "'");
        }
        advance();
        line++;
    }

    private void skipBlanks() throws IOException {
        while (next == ' ' || next == '\t' || next == '\r') {
            advance();
        }
    }

    private void skipComments() throws IOException {
        while (next == '%') {
            while (next >= 0 && next != '\n') {
                advance();
            }
            advance();
            line++;
        }
    }

    private void advance() throws IOException {
        next = next < 0 ? next : in.read();
    }

    private MetisFormatException wrong(String message) {
        return wrong(line, message);
    }

    private MetisFormatException wrong(int at, String message) {
        return new MetisFormatException(file, at, message);
    }

    /** The rows as they stand in the file. Arrays grow with what was read, never with what a header claims. */
    private static final class Rows {
        private static final int FIRST_LENGTH = 1 << 10;

        final int vertices;
        final int ends;
        int[] start;
        int[] neighbour;
        long[] edge;
        long[] weight;
        int[] lines;
        int used;

        Rows(int vertices, int ends) {
            this.vertices = vertices;
            this.ends = ends;
            start = new int[Math.min(vertices, FIRST_LENGTH) + 1];
            weight = new long[start.length - 1];
            lines = new int[start.length - 1];
            neighbour = new int[Math.min(ends, FIRST_LENGTH)];
            edge = new long[neighbour.length];
        }

        /** Makes room for a vertex. */
        void openRow(int v) {
            if (v == weight.length) {
                int length = longer(v, vertices);
                weight = Arrays.copyOf(weight, length);
                lines = Arrays.copyOf(lines, length);
                start = Arrays.copyOf(start, length + 1);
            }
        }

        void add(int to, long edgeWeight) {
            if (used == neighbour.length) {
                int length = longer(used, ends);
                neighbour = Arrays.copyOf(neighbour, length);
                edge = Arrays.copyOf(edge, length);
            }
            neighbour[used] = to;
            edge[used++] = edgeWeight;
        }

        /** Cuts the arrays of ends to what is used. */
        void close() {
            neighbour = Arrays.copyOf(neighbour, used);
            edge = Arrays.copyOf(edge, used);
        }

        private static int longer(int length, int most) {
            return (int) Math.min(most, 2L * Math.max(1, length));
        }
    }
}
