package org.partiflow.costmodel;

import java.util.Map;
import java.util.Optional;
import org.partiflow.api.cluster.GpuType;

/**
 * All fitted constants of the roofline model: overrides by GPU catalogue name, and the engine's overheads. Immutable
 * and thread-safe.
 *
 * @param name shown in the cost model's id, so that plans tell which constants made them
 * @param efficiencies overrides by catalogue name; other GPUs take {@link GpuEfficiencies}
 * @param overheads fixed times of the engine
 */
public record Calibration(String name, Map<String, GpuEfficiency> efficiencies, EngineOverheads overheads) {
    /** The built-in constants. */
    public static final Calibration DEFAULT = new Calibration("default", Map.of(), EngineOverheads.DEFAULT);

    private static final String ENGINE = "engine-";

    /** Copies the map. */
    public Calibration {
        efficiencies = Map.copyOf(efficiencies);
    }

    /** The built-in constants with the overheads of an engine, which the name tells. */
    public static Calibration of(EngineProfile engine) {
        return new Calibration(ENGINE + engine.name(), Map.of(), engine.overheads());
    }

    /** The calibration {@link #of} an engine that has this name; empty for other names. O(engines). */
    public static Optional<Calibration> find(String name) {
        return EngineProfiles.all().stream()
                .map(Calibration::of)
                .filter(calibration -> calibration.name().equals(name))
                .findFirst();
    }

    /** The efficiencies of a GPU type under this calibration. */
    public GpuEfficiency efficiency(GpuType type) {
        GpuEfficiency override = efficiencies.get(type.name());
        return override == null ? GpuEfficiencies.of(type) : override;
    }
}
