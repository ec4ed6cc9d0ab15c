package org.partiflow.studies.results;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.partiflow.io.OutputException;

/** Writes a CSV file row by row, as RFC 4180 says, and puts it in place when it is whole. Not thread-safe. */
final class Csv implements AutoCloseable {
    private static final MathContext DIGITS = new MathContext(10);

    private final Path file;
    private final Path temporary;
    private final BufferedWriter out;

    Csv(Path file) {
        this.file = file;
        temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OutputException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    void row(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
        }
        try {
            out.append(line).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write '" + file + "'", e);
        }
    }

    /** A number of ten significant digits; empty for NaN and infinity. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new OutputException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }
}
