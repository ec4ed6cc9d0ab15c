package org.partiflow.costmodel.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Profiles as JSON, format {@code profile-cost/1}. Numbers have five significant digits. Stateless. */
public final class ProfileJson {
    private static final String FORMAT = "profile-cost/1";
    private static final MathContext DIGITS = new MathContext(5);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ProfileJson() {}

    /** The text of a profile, a line per fit. */
    public static String write(CostProfile profile) {
        StringBuilder text = new StringBuilder("{\"partiflow\": \"" + FORMAT + "\", \"fits\": [");
        String separator = "\n";
        for (Map.Entry<FitKey, ProfileFit> entry : profile.fits().entrySet()) {
            text.append(separator).append(node(entry.getKey(), entry.getValue()));
            separator = ",\n";
        }
        return text.append("\n]}\n").toString();
    }

    /**
     * Reads a profile.
     *
     * @param name the file's name, for messages
     * @throws IllegalArgumentException if the text is no profile of this format
     */
    public static CostProfile read(String name, String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + ": not JSON: " + e.getOriginalMessage(), e);
        }
        if (!FORMAT.equals(root.path("partiflow").asText())
                || !root.path("fits").isArray()) {
            throw new IllegalArgumentException(name + ": not a profile; expected \"partiflow\": \"" + FORMAT + "\"");
        }
        TreeMap<FitKey, ProfileFit> fits = new TreeMap<>();
        for (JsonNode fit : root.path("fits")) {
            FitKey key = new FitKey(text(name, fit, "kernel"), text(name, fit, "gpu"), text(name, fit, "variant"));
            fits.put(key, fit(name, fit));
        }
        return new CostProfile(fits);
    }

    static CostProfile builtIn() {
        try (InputStream in = ProfileJson.class.getResourceAsStream("built-in.json")) {
            if (in == null) {
                return CostProfile.empty();
            }
            return read("built-in profile", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in profile cannot be read", e);
        }
    }

    private static ObjectNode node(FitKey key, ProfileFit fit) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("kernel", key.kernel()).put("gpu", key.gpu()).put("variant", key.variant());
        node.put("law", fit.law()).put("family", fit.family().name());
        numbers(node.putArray("parameters"), fit.parameters());
        numbers(node.putArray("corrections"), fit.corrections());
        if (fit.field().weights().length > 0) {
            ArrayNode anchors = node.putArray("anchors");
            for (double[] anchor : fit.field().anchors()) {
                numbers(anchors.addArray(), anchor);
            }
            numbers(node.putArray("weights"), fit.field().weights());
        }
        ObjectNode provenance = node.putObject("provenance");
        provenance.put("source", fit.source()).put("licence", fit.licence()).put("rows", fit.rows());
        ArrayNode errors = provenance.putArray("errors");
        for (RegimeError error : fit.errors()) {
            errors.addObject()
                    .put("regime", error.regime())
                    .put("rows", error.rows())
                    .put("median", rounded(error.median()))
                    .put("p90", rounded(error.p90()))
                    .put("worst", rounded(error.worst()));
        }
        return node;
    }

    private static void numbers(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(rounded(value));
        }
    }

    private static BigDecimal rounded(double value) {
        BigDecimal short5 = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return short5.abs().doubleValue() < 1e-4 ? BigDecimal.ZERO : short5;
    }

    private static ProfileFit fit(String name, JsonNode node) {
        JsonNode provenance = node.path("provenance");
        List<RegimeError> errors = new ArrayList<>();
        for (JsonNode error : provenance.path("errors")) {
            errors.add(new RegimeError(
                    error.path("regime").asText(),
                    error.path("rows").asInt(),
                    error.path("median").asDouble(),
                    error.path("p90").asDouble(),
                    error.path("worst").asDouble()));
        }
        return new ProfileFit(
                text(name, node, "law"),
                family(name, node),
                numbers(name, node, "parameters"),
                numbers(name, node, "corrections"),
                field(name, node),
                provenance.path("source").asText(),
                provenance.path("licence").asText(),
                provenance.path("rows").asInt(),
                errors);
    }

    private static Chip.Family family(String name, JsonNode node) {
        String named = text(name, node, "family");
        return Arrays.stream(Chip.Family.values())
                .filter(family -> family.name().equals(named))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + ": a fit has the family " + Quote.of(named)
                        + "; choose from: "
                        + Arrays.stream(Chip.Family.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static String text(String name, JsonNode node, String field) {
        if (!node.path(field).isTextual()) {
            throw new IllegalArgumentException(name + ": a fit lacks the text '" + field + "'");
        }
        return node.path(field).asText();
    }

    private static ResidualField field(String name, JsonNode node) {
        JsonNode anchors = list(name, node.path("anchors"), "anchors");
        double[][] points = new double[anchors.size()][];
        for (int i = 0; i < points.length; i++) {
            points[i] = values(name, anchors.get(i), "anchors");
        }
        return new ResidualField(points, values(name, node.path("weights"), "weights"));
    }

    private static double[] numbers(String name, JsonNode node, String field) {
        return values(name, node.path(field), field);
    }

    /** A list, or nothing at all, which stands for an empty one. */
    private static JsonNode list(String name, JsonNode node, String field) {
        if (!node.isArray() && !node.isMissingNode()) {
            throw new IllegalArgumentException(name + ": '" + field + "' is no list");
        }
        return node;
    }

    private static double[] values(String name, JsonNode node, String field) {
        JsonNode array = list(name, node, field);
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble(Double.NaN);
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + ": '" + field + "' holds something that is no number");
            }
        }
        return values;
    }
}
