package org.partiflow.io.internal.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Parses YAML or JSON, within limits that keep hostile files from costing more than they weigh. Stateless and
 * thread-safe.
 *
 * <p>The syntax is told by the file name's ending (.json, .yaml, .yml), else by the first character: a brace or a
 * bracket starts JSON. JSON on one very long line is parsed as JSON whatever the ending.
 */
public final class TreeParser {
    /** Largest file that is read into memory. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int MAX_NESTING = 64;

    /** The YAML scanner's time is quadratic in the length of a scalar on one line. */
    private static final int MAX_YAML_LINE = 1 << 18;

    private static final int MAX_NUMBER_LENGTH = 100;
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_NESTING)
            .maxNumberLength(MAX_NUMBER_LENGTH)
            .maxStringLength(1 << 20)
            .maxNameLength(1 << 10)
            .build();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
    private static final JsonFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .loaderOptions(loaderOptions())
            .build();

    private TreeParser() {}

    /**
     * Parses the only document of a file.
     *
     * @return its root; empty when a problem was added
     */
    public static Optional<JsonNode> parse(byte[] content, Problems problems) {
        Optional<String> text = decode(content, problems);
        return text.flatMap(t -> parseText(t, problems));
    }

    private static Optional<String> decode(byte[] content, Problems problems) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add("", "is not UTF-8 text; give a YAML or JSON file");
            return Optional.empty();
        }
        if (text.indexOf('\0') >= 0) {
            problems.add("", "is a binary file; give a YAML or JSON file");
            return Optional.empty();
        }
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (withoutMark.isBlank()) {
            problems.add("", "is empty; give a YAML or JSON file");
            return Optional.empty();
        }
        return Optional.of(withoutMark);
    }

    private static Optional<JsonNode> parseText(String text, Problems problems) {
        boolean longLine = longestLine(text) > MAX_YAML_LINE;
        boolean json = isJson(problems.file(), text, longLine);
        if (longLine && !json) {
            problems.add("", "has a line of more than " + MAX_YAML_LINE + " characters; break it up, or give JSON");
            return Optional.empty();
        }
        String syntax = json ? "JSON" : "YAML";
        int before = problems.count();
        try (JsonParser parser = (json ? JSON : YAML).createParser(text)) {
            JsonNode root = new TreeBuilder(parser, problems).build();
            return problems.count() == before ? Optional.of(root) : Optional.empty();
        } catch (StreamConstraintsException e) {
            // The parser names its own option, which the reader of this message cannot set.
            String limit = firstLine(e).replaceAll(",? from `[^`]*`", "");
            problems.add(place(e), "exceeds a limit of this reader: " + limit + "; make the document simpler");
        } catch (JsonProcessingException e) {
            problems.add(place(e), "is not valid " + syntax + ": " + firstLine(e));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        return Optional.empty();
    }

    private static int longestLine(String text) {
        int longest = 0;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            longest = Math.max(longest, end - start);
            start = end + 1;
        }
        return Math.max(longest, text.length() - start);
    }

    private static boolean isJson(String file, String text, boolean longLine) {
        String lower = file.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json")) {
            return true;
        }
        boolean yaml = lower.endsWith(".yaml") || lower.endsWith(".yml");
        if (yaml && !longLine) {
            return false;
        }
        char first = text.stripLeading().charAt(0);
        return first == '{' || first == '[';
    }

    private static String place(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : "line " + location.getLineNr() + ", column " + Math.max(1, location.getColumnNr());
    }

    /** The parsers' messages go on with source excerpts and locations; their first line says what is wrong. */
    private static String firstLine(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        String line =
                message == null ? "syntax error" : message.lines().findFirst().orElse("syntax error");
        int source = line.indexOf(" (start marker at");
        return source < 0 ? line : line.substring(0, source);
    }

    private static LoaderOptions loaderOptions() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_NESTING);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(true); // TreeBuilder finds them, and tells their path.
        return options;
    }
}
