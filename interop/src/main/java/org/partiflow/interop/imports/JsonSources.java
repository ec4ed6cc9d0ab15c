package org.partiflow.interop.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.OptionalDouble;
import org.partiflow.io.FileProblem;
import org.partiflow.io.InvalidFileException;
import org.yaml.snakeyaml.LoaderOptions;

/** Trees of foreign JSON and YAML, of bounded depth and without aliases that multiply. Stateless. */
final class JsonSources {
    private static final int DEEPEST = 100;
    private static final int MOST_ALIASES = 20;

    /** The YAML scanner's time is quadratic in the length of a line. */
    private static final int LONGEST_YAML_LINE = 1 << 14;

    /** No quantity of a cluster comes near; sums and products of such numbers are finite. */
    static final double LARGEST = 1e30;

    private static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();
    private static final ObjectMapper JSON = mapper(JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final ObjectMapper YAML = mapper(YAMLFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .loaderOptions(limits())
            .build());

    private JsonSources() {}

    private static ObjectMapper mapper(JsonFactory factory) {
        return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setAllowDuplicateKeys(false);
        return limits;
    }

    /** The tree of a document: JSON if it begins with a brace or bracket, else YAML. */
    static JsonNode tree(ImportSource source) {
        String text = source.text();
        String start = text.stripLeading();
        boolean json = start.startsWith("{") || start.startsWith("[");
        if (!json && text.lines().anyMatch(line -> line.length() > LONGEST_YAML_LINE)) {
            throw invalid(source, "", "has a line of more than " + LONGEST_YAML_LINE + " characters; break it up");
        }
        try {
            JsonNode tree = (json ? JSON : YAML).readTree(text);
            if (tree == null || !tree.isObject()) {
                throw invalid(source, "", "is not an object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String message = e.getOriginalMessage().lines().findFirst().orElse("");
            throw invalid(source, "line " + line, "is neither JSON nor YAML: " + message);
        }
    }

    /** A number up to {@link #LARGEST}, also where YAML takes it for a text, as in {@code 4.8e12}; empty if it is none, or not above zero. */
    static OptionalDouble positive(JsonNode value) {
        try {
            double number =
                    value.isTextual() ? Double.parseDouble(value.asText().strip()) : value.asDouble(0);
            return number > 0 && number <= LARGEST ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    static InvalidFileException invalid(ImportSource source, String place, String message) {
        return new InvalidFileException(List.of(new FileProblem(source.name(), place, message)));
    }
}
