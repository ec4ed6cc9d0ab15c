package org.partiflow.io.internal.workload;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length, so that a file without line ends cannot fill the memory. One thread only. */
final class LineReader {
    /** A trace line of a long prompt with its block hashes stays well below this. */
    static final int MAX_LINE = 1 << 20;

    private final Reader reader;
    private final char[] buffer = new char[1 << 16];
    private int position;
    private int filled;
    private int number;

    LineReader(Reader reader) {
        this.reader = reader;
    }

    /** The number of the line last read, from 1. */
    int number() {
        return number;
    }

    /**
     * The next line, without its end (LF or CRLF); null at the end of the file.
     *
     * @throws LineTooLongException if the line is longer than {@link #MAX_LINE}
     */
    @Nullable
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        number++;
        while (true) {
            if (position == filled) {
                filled = Math.max(0, reader.read(buffer));
                position = 0;
                if (filled == 0) {
                    return line.isEmpty() ? null : strip(line);
                }
            }
            int end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            line.append(buffer, position, end - position);
            position = Math.min(filled, end + 1);
            if (line.length() > MAX_LINE) {
                throw new LineTooLongException();
            }
            if (end < filled) {
                return strip(line);
            }
        }
    }

    private static String strip(StringBuilder line) {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    /** A line is longer than any trace has. */
    static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
