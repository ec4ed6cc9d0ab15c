package org.partiflow.costmodel;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.partiflow.api.cluster.GpuType;

/**
 * All fitted constants of the roofline model: overrides by GPU catalogue name, and the engine's overheads. Immutable
 * and thread-safe.
 *
 * @param name shown in the cost model's id, so that plans tell which constants made them
 * @param efficiencies overrides by catalogue name; other GPUs take {@link GpuEfficiencies}
 * @param overheads fixed times of the engine
 * @param routing how tokens choose experts, for models that have some
 */
public record Calibration(
        String name, Map<String, GpuEfficiency> efficiencies, EngineOverheads overheads, ExpertRouting routing) {
    private static final String DEFAULT_NAME = "default";
    private static final String ENGINE = "engine-";
    private static final char ROUTED = '+';

    /** The built-in constants. */
    public static final Calibration DEFAULT =
            new Calibration(DEFAULT_NAME, Map.of(), EngineOverheads.DEFAULT, ExpertRouting.UNIFORM);

    /** Copies the map. */
    public Calibration {
        efficiencies = Map.copyOf(efficiencies);
    }

    /** The built-in constants with the overheads of an engine, which the name tells. */
    public static Calibration of(EngineProfile engine) {
        return DEFAULT.with(engine);
    }

    /** These constants with the overheads of an engine, which the name tells. */
    public Calibration with(EngineProfile engine) {
        return new Calibration(ENGINE + engine.name(), efficiencies, engine.overheads(), ExpertRouting.UNIFORM)
                .with(routing);
    }

    /** These constants with a routing of experts, which the name tells. */
    public Calibration with(ExpertRouting other) {
        int routed = name.indexOf(ROUTED);
        String base = routed < 0 ? name : name.substring(0, routed);
        String label = other.label();
        return new Calibration(label.isEmpty() ? base : base + ROUTED + label, efficiencies, overheads, other);
    }

    /** The default or an engine's calibration, perhaps with a routing, of this name; empty for others. O(engines). */
    public static Optional<Calibration> find(String name) {
        int routed = name.indexOf(ROUTED);
        String base = routed < 0 ? name : name.substring(0, routed);
        Optional<ExpertRouting> routing =
                routed < 0 ? Optional.of(ExpertRouting.UNIFORM) : ExpertRouting.find(name.substring(routed + 1));
        Stream<Calibration> known =
                Stream.concat(Stream.of(DEFAULT), EngineProfiles.all().stream().map(Calibration::of));
        Optional<Calibration> found =
                known.filter(calibration -> calibration.name().equals(base)).findFirst();
        return found.flatMap(calibration -> routing.map(calibration::with));
    }

    /** The efficiencies of a GPU type under this calibration. */
    public GpuEfficiency efficiency(GpuType type) {
        GpuEfficiency override = efficiencies.get(type.name());
        return override == null ? GpuEfficiencies.of(type) : override;
    }
}
