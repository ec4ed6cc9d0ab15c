package org.partiflow.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.cli.run.Quantity;
import org.partiflow.simulator.Behaviour;
import org.partiflow.simulator.Extent;
import org.partiflow.simulator.OfferedLoad;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.Sweep;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that say under which load a plan is replayed. */
final class LoadOptions {
    private static final int TRACE_SLICES = 200_000;
    private static final double NANOS = 1e9;

    @ArgGroup(exclusive = true)
    private @Nullable Arriving arriving;

    @ArgGroup(exclusive = true)
    private @Nullable Length length;

    @Option(
            names = "--slo-scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "Multiplies the workload's latency targets. Default: ${DEFAULT-VALUE}.")
    private double sloScale = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of arrivals and lengths. Default: ${DEFAULT-VALUE}.")
    private long seed = 42;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Run with so many seeds, --seed and those after it, in parallel. Default: 1.")
    private int seeds = 1;

    @Option(
            names = "--warm-up",
            paramLabel = "SHARE",
            description = "Share of the arrivals, the first ones, that latencies and rates leave out, in [0, 1)."
                    + " Default: 0.1.")
    private double warmUp = SimulationOptions.DEFAULT.warmUpShare();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Most threads for several runs; never changes a result. Default: all processors.")
    private @Nullable Integer threads;

    /** How fast requests arrive. */
    static final class Arriving {
        @Option(
                names = "--rate",
                paramLabel = "R",
                converter = Quantity.Rate.class,
                description = "Requests per second. Default: the workload's rate.")
        private @Nullable Double rate;

        @Option(names = "--saturate", description = "Offer 1.5 times the planned throughput.")
        private boolean saturate;

        @Option(
                names = "--rates",
                paramLabel = "R",
                split = ",",
                converter = Quantity.Rate.class,
                description = "Run at each of these rates (R,R,...), in parallel.")
        private @Nullable List<Double> rates;

        OfferedLoad load() {
            return rate != null
                    ? OfferedLoad.atRate(rate)
                    : saturate ? OfferedLoad.saturating() : OfferedLoad.asGiven();
        }
    }

    /** How many requests arrive. */
    static final class Length {
        @Option(
                names = "--duration",
                paramLabel = "T",
                converter = Quantity.Time.class,
                description = "Requests arrive for this simulated time, for example 600s.")
        private @Nullable Duration duration;

        @Option(names = "--requests", paramLabel = "N", description = "So many requests arrive. Default: 10000.")
        private @Nullable Integer requests;

        Extent extent() {
            if (duration != null) {
                return Extent.ofSeconds(duration.toNanos() / NANOS);
            }
            return requests == null ? SimulationOptions.DEFAULT.extent() : Extent.ofRequests(requests);
        }
    }

    /** Whether several runs are asked for. */
    boolean isSweep() {
        return seeds != 1 || (arriving != null && arriving.rates != null);
    }

    /** The runs that are asked for. */
    Sweep sweep() {
        if (seeds < 1) {
            throw new IllegalArgumentException("--seeds must be at least 1, got " + seeds);
        }
        List<OfferedLoad> loads = arriving == null || arriving.rates == null
                ? List.of(arriving == null ? OfferedLoad.asGiven() : arriving.load())
                : arriving.rates.stream().map(OfferedLoad::atRate).toList();
        return new Sweep(loads, LongStream.range(seed, seed + seeds).boxed().toList());
    }

    int threads() {
        int most = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (most < 1) {
            throw new IllegalArgumentException("--threads must be at least 1, got " + most);
        }
        return most;
    }

    /** The options as the simulator takes them. */
    SimulationOptions options(boolean trace, Behaviour behaviour) {
        return SimulationOptions.DEFAULT
                .withWarmUpShare(warmUp)
                .withBehaviour(behaviour)
                .withLoad(arriving == null ? OfferedLoad.asGiven() : arriving.load())
                .withExtent(length == null ? SimulationOptions.DEFAULT.extent() : length.extent())
                .withSloScale(sloScale)
                .withSeed(seed)
                .withTraceSlices(trace ? TRACE_SLICES : 0);
    }

    /** Requests per second that are offered; empty where the plan is saturated on purpose. */
    Optional<Double> offered(PlanningProblem problem, ServingPlan plan) {
        if (arriving != null && arriving.saturate) {
            return Optional.empty();
        }
        OfferedLoad load = arriving == null ? OfferedLoad.asGiven() : arriving.load();
        return Optional.of(load.apply(problem.workload().arrivals(), plan).ratePerSecond());
    }
}
