package org.partiflow.profiler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.partiflow.profiler.RawProfileException.Reason;

/**
 * Reads {@code profile-raw/1}: unknown, missing, duplicate and null fields, numbers in quotes, NaN and trailing text are
 * errors. Stateless and thread-safe.
 */
public final class RawProfileReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /** A reader. */
    public RawProfileReader() {}

    /**
     * Reads one document. O(length).
     *
     * @throws RawProfileException if it is malformed, of another version or invalid; the message names the place
     */
    public RawProfile read(String document) {
        JsonNode tree = parse(document);
        String version = tree.path("partiflow").asText("none");
        if (!version.equals(RawProfile.FORMAT)) {
            throw new RawProfileException(
                    Reason.WRONG_VERSION, "expected format " + RawProfile.FORMAT + ", got '" + version + "'");
        }
        try {
            return JSON.treeToValue(tree, RawProfile.class);
        } catch (JsonMappingException e) {
            throw new RawProfileException(Reason.INVALID, path(e) + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new RawProfileException(Reason.INVALID, e.getOriginalMessage());
        }
    }

    private static JsonNode parse(String document) {
        try {
            JsonNode tree = JSON.readTree(document);
            if (tree == null || tree instanceof MissingNode) {
                throw new RawProfileException(Reason.MALFORMED, "the document is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new RawProfileException(
                    Reason.MALFORMED, "not valid JSON (line " + line + "): " + e.getOriginalMessage());
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            String name = step.getFieldName();
            path.append(name == null ? "[" + step.getIndex() + "]" : (path.length() == 0 ? "" : ".") + name);
        }
        return path.length() == 0 ? "document" : path.toString();
    }
}
