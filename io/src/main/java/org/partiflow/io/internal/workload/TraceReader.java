package org.partiflow.io.internal.workload;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.io.internal.tree.FileBytes;
import org.partiflow.io.internal.tree.Problems;

/** Streams recorded traces of at most 512 MiB and ten million requests. Stateless. */
public final class TraceReader {
    /** Largest trace. */
    public static final long MAX_BYTES = 512L << 20;

    private static final int MAX_ROWS = 10_000_000;
    private static final int MAX_PROBLEMS = 20;

    private TraceReader() {}

    /**
     * Reads a trace.
     *
     * @param file the file
     * @param format its format; null to tell it from the first line
     * @param sample how many evenly spaced rows to keep
     * @param digest computes the digest of the file
     * @param problems of this file
     * @return the trace; null when problems were added
     */
    public static @Nullable Trace read(
            Path file, @Nullable TraceFormat format, int sample, MessageDigest digest, Problems problems) {
        try {
            if (!FileBytes.checkKind(file, MAX_BYTES, problems)) {
                return null;
            }
            try (DigestInputStream in =
                    new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest)) {
                LineReader lines = new LineReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
                return read(lines, format, sample, digest, problems);
            }
        } catch (LineReader.LineTooLongException e) {
            problems.add("", "has a line of more than " + LineReader.MAX_LINE + " characters; give a trace");
        } catch (CharacterCodingException e) {
            problems.add("", "is not UTF-8 text; give a trace");
        } catch (IOException e) {
            problems.add("", FileBytes.reason(e));
        }
        return null;
    }

    private static @Nullable Trace read(
            LineReader lines, @Nullable TraceFormat given, int sample, MessageDigest digest, Problems problems)
            throws IOException {
        String first = lines.next();
        TraceFormat format = given != null ? given : TraceFormat.detect(first == null ? "" : first);
        Optional<? extends RowParser> parser = format == TraceFormat.MOONCAKE
                ? Optional.of(new MooncakeRows(problems))
                : CsvRows.open(first, format, problems);
        if (parser.isEmpty()) {
            return null;
        }
        TraceRows rows = new TraceRows();
        for (String line = format == TraceFormat.MOONCAKE ? first : lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                parser.get().add("line " + lines.number(), line, rows);
            }
            if (rows.size() > MAX_ROWS) {
                problems.add("", "has more than " + MAX_ROWS + " requests; split it");
                return null;
            }
            if (problems.count() >= MAX_PROBLEMS) {
                problems.add("", "has too many problems; only the first " + MAX_PROBLEMS + " are listed");
                return null;
            }
        }
        if (rows.size() == 0 && problems.count() == 0) {
            problems.add("", "has no request; give a trace with at least one");
        }
        return problems.count() > 0
                ? null
                : rows.toTrace(sample, parser.get().isTimed(), HexFormat.of().formatHex(digest.digest()));
    }
}
