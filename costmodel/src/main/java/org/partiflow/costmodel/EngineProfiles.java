package org.partiflow.costmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The built-in {@link EngineProfile}s, read from {@code engine-overheads.json}. Stateless and thread-safe. */
public final class EngineProfiles {
    private static final String FILE = "engine-overheads.json";
    private static final double MICROSECOND = 1e-6;

    private EngineProfiles() {}

    /** All profiles in the order of the file: the measured ones, then the bound. */
    public static List<EngineProfile> all() {
        return Holder.ALL;
    }

    /**
     * The profile of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static EngineProfile named(String name) {
        return all().stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine overheads are named '" + name
                        + "'; choose from: "
                        + all().stream().map(EngineProfile::name).collect(Collectors.joining(", "))));
    }

    private static List<EngineProfile> read() {
        try (InputStream in = EngineProfiles.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the costmodel module");
            }
            List<EngineProfile> profiles = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(in).path("engines")) {
                EngineOverheads overheads = new EngineOverheads(
                        micros(node, "stepMicros"),
                        micros(node, "layerMicros"),
                        micros(node, "requestMicros"),
                        EngineOverheads.DEFAULT.innerDimensionSeconds());
                profiles.add(new EngineProfile(
                        node.path("name").asText(),
                        overheads,
                        node.path("source").asText(),
                        node.path("validity").asText()));
            }
            return List.copyOf(profiles);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    /** A missing number is NaN, which {@link EngineOverheads} rejects. */
    private static double micros(JsonNode node, String field) {
        return node.path(field).asDouble(Double.NaN) * MICROSECOND;
    }

    private static final class Holder {
        static final List<EngineProfile> ALL = read();
    }
}
