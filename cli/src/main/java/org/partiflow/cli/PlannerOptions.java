package org.partiflow.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.cli.run.Quantity;
import org.partiflow.solvers.placement.HexGen2Options;
import org.partiflow.solvers.placement.HexGen2Planner;
import picocli.CommandLine.Option;

/** Options that say how to plan. */
final class PlannerOptions {
    @Option(
            names = "--planner",
            paramLabel = "NAME",
            defaultValue = "partiflow",
            description = "Planner ('partiflow list planners'). Default: ${DEFAULT-VALUE}.")
    String planner = "partiflow";

    @Option(
            names = "--hexgen2",
            paramLabel = "KEY=VALUE",
            description = "What HexGen-2's paper leaves open, for --planner hexgen2; may be repeated"
                    + " (docs/algorithms/placement.md has the keys).")
    private Map<String, String> hexGen2 = new TreeMap<>();

    @Option(
            names = "--partitioner",
            paramLabel = "NAME",
            defaultValue = "spectral-kl",
            description = "Partitioner ('partiflow list partitioners'). Default: ${DEFAULT-VALUE}.")
    private String partitioner = "spectral-kl";

    @Option(
            names = "--flow",
            paramLabel = "NAME",
            defaultValue = "push-relabel",
            description = "Max flow solver ('partiflow list flows'). Default: ${DEFAULT-VALUE}.")
    private String flow = "push-relabel";

    @Option(
            names = "--refinement",
            paramLabel = "NAME",
            defaultValue = "guided",
            description = "guided (at the bottleneck), random or none. Default: ${DEFAULT-VALUE}.")
    private Refinement refinement = Refinement.GUIDED;

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            defaultValue = "throughput",
            description = "throughput, goodput (hold the workload's targets) or cost (cheapest that serves --rate)."
                    + " Default: ${DEFAULT-VALUE}.")
    private Objective objective = Objective.THROUGHPUT;

    @Option(
            names = "--rate",
            paramLabel = "R",
            converter = Quantity.Rate.class,
            description = "Requests per second to serve, for --objective cost and for several models (one for each, in"
                    + " their order). Default: the workload's rate.")
    private List<Double> rates = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
    private long seed = 42;

    @Option(
            names = "--replay-top",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "Replay the best N plans whose flow is within 3 %% of the best: one that clearly serves more, or"
                            + " as much with clearly lower latency, is chosen. 0: the flow alone decides. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int replayTop = 3;

    @Option(
            names = "--max-evaluations",
            paramLabel = "N",
            description = "Stop after so many candidate evaluations (reproducible). Default: no limit.")
    private long maxEvaluations = Long.MAX_VALUE;

    @Option(
            names = "--time-limit",
            paramLabel = "T",
            converter = Quantity.Time.class,
            description = "Stop after this wall time, for example 30s (not reproducible). Default: no limit.")
    private @Nullable Duration timeLimit;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Most threads; never changes the plan. Default: all processors.")
    private @Nullable Integer threads;

    /** The planner with its options. */
    Planner planner() {
        Planner named = Strategies.named(Planner.class, planner);
        if (hexGen2.isEmpty()) {
            return named;
        }
        if (!(named instanceof HexGen2Planner)) {
            throw new IllegalArgumentException(
                    "--hexgen2 is for --planner hexgen2, but the planner is '" + planner + "'");
        }
        return new HexGen2Planner(HexGen2Options.of(hexGen2));
    }

    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** The options as the planner takes them. */
    PlanningOptions options(PlanningProblem problem) {
        if (rates.size() > 1) {
            throw new IllegalArgumentException(
                    "--rate is given " + rates.size() + " times for one model: give it once");
        }
        double required = !rates.isEmpty()
                ? rates.get(0)
                : objective == Objective.COST ? problem.workload().arrivals().ratePerSecond() : 0;
        requireTargets(problem);
        return new PlanningOptions(partitioner, flow, refinement, objective, required, seed, replayTop);
    }

    /** The options for several models; what each must serve is theirs. */
    PlanningOptions jointOptions(List<PlanningProblem> problems) {
        if (objective == Objective.COST) {
            throw new IllegalArgumentException("--objective cost is for one model; several are planned for the share of"
                    + " their rates that is served: leave it out");
        }
        problems.forEach(this::requireTargets);
        return new PlanningOptions(partitioner, flow, refinement, objective, 0, seed, 0);
    }

    /**
     * What each of several models must serve.
     *
     * @throws IllegalArgumentException if a rate is stated nowhere, or --rate is not given once per model
     */
    List<Tenant> tenants(List<PlanningProblem> problems) {
        if (!rates.isEmpty() && rates.size() != problems.size()) {
            throw new IllegalArgumentException("--rate is given " + rates.size() + " times for " + problems.size()
                    + " models: give one for each, in their order, or none to take the workloads' rates");
        }
        List<Tenant> tenants = new ArrayList<>();
        for (int t = 0; t < problems.size(); t++) {
            PlanningProblem problem = problems.get(t);
            if (rates.isEmpty() && !problem.workload().arrivals().isStated()) {
                throw new IllegalArgumentException("workload '"
                        + problem.workload().name() + "' of "
                        + problem.model().name() + " states no rate, but every model that shares a cluster needs one:"
                        + " add arrivals {process, rate} to the file, or give --rate for each model");
            }
            tenants.add(rates.isEmpty() ? Tenant.of(problem) : new Tenant(problem, rates.get(t)));
        }
        return tenants;
    }

    private void requireTargets(PlanningProblem problem) {
        if (objective == Objective.GOODPUT && problem.workload().slo().isEmpty()) {
            throw new IllegalArgumentException("--objective goodput needs latency targets, but workload '"
                    + problem.workload().name() + "' has no slo");
        }
    }

    /** The limits; rejects those out of range. */
    SolveControl control(CancellationToken token, ProgressListener listener) {
        if (maxEvaluations < 0) {
            throw new IllegalArgumentException("--max-evaluations must not be negative, got " + maxEvaluations);
        }
        if (threads() < 1) {
            throw new IllegalArgumentException("--threads must be at least 1, got " + threads());
        }
        if (replayTop < 0) {
            throw new IllegalArgumentException("--replay-top must not be negative, got " + replayTop);
        }
        return new SolveControl(maxEvaluations, Optional.ofNullable(timeLimit), threads(), token, listener);
    }

    String partitioner() {
        return partitioner;
    }

    String flow() {
        return flow;
    }
}
