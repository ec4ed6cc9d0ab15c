package org.partiflow.studies.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.partiflow.io.OutputException;
import org.partiflow.studies.cell.CellResult;

/**
 * What a log holds already: every cell below {@code next}, and those in {@code beyond}. Memory: the cells that overtook an
 * unfinished one, whose number the runner bounds.
 *
 * @param header its first line
 * @param next first cell that is missing
 * @param beyond finished cells after that
 * @param failed finished cells without values
 * @param wholeBytes length up to the last whole line
 */
record LogState(LogHeader header, long next, NavigableSet<Long> beyond, long failed, long wholeBytes) {
    /**
     * Reads a log; a last line that was cut off is ignored.
     *
     * @throws IllegalArgumentException if it is no log or holds a cell twice
     */
    static LogState read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new Scan(file, in).state();
        } catch (IOException e) {
            throw new OutputException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }

    /** Number of finished cells. */
    long finished() {
        return next - header.from() + beyond.size();
    }

    /** Whether a cell is finished. */
    boolean has(long cell) {
        return cell < next || beyond.contains(cell);
    }

    /** Line by line with its bytes counted. */
    private static final class Scan {
        private final Path file;
        private final InputStream in;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final NavigableSet<Long> beyond = new TreeSet<>();
        private long bytes;
        private long next;
        private long failed;

        Scan(Path file, InputStream in) {
            this.file = file;
            this.in = in;
        }

        LogState state() throws IOException {
            String first = line();
            if (first.isEmpty()) {
                throw new IllegalArgumentException("'" + file + "' is empty: it is no log of a study");
            }
            LogHeader header = parsed(() -> LogCodec.header(first));
            next = header.from();
            for (String text = line(); !text.isEmpty(); text = line()) {
                String each = text;
                take(parsed(() -> LogCodec.result(each)), header);
            }
            return new LogState(header, next, beyond, failed, bytes);
        }

        private void take(CellResult result, LogHeader header) {
            long cell = result.index();
            if (cell < next || cell >= header.to() || !beyond.add(cell)) {
                throw new IllegalArgumentException(
                        "'" + file + "' holds cell " + cell + " twice, or it is not one of its cells");
            }
            if (result.status() != CellResult.Status.DONE) {
                failed++;
            }
            while (beyond.remove(next)) {
                next++;
            }
        }

        private <T> T parsed(java.util.function.Supplier<T> line) {
            try {
                return line.get();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + file + "': the line at byte " + bytes + " " + e.getMessage()
                                + "; start again without --resume, or give another folder",
                        e);
            }
        }

        /** The next whole line with its line feed; empty at the end or at a line that was cut off. */
        private String line() throws IOException {
            line.reset();
            for (int b = in.read(); b >= 0; b = in.read()) {
                line.write(b);
                if (b == '\n') {
                    bytes += line.size();
                    return line.toString(StandardCharsets.UTF_8);
                }
            }
            return "";
        }
    }
}
