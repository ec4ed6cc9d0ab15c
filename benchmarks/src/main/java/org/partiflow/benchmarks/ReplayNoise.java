package org.partiflow.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.PlanReplay;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;

/**
 * By how much the outcomes of short replays differ between seeds, and the CPU time of them and of planners that replay. Arguments as
 * of {@link Cases}: {@code models workloads cluster-file...}.
 */
public final class ReplayNoise {
    private static final int SEEDS = 10;
    private static final double MILLIS = 1e6;

    private ReplayNoise() {}

    /** Prints one line per case. */
    public static void main(String[] arguments) {
        Planner planner = Strategies.named(Planner.class, "partiflow");
        System.out.println(
                "case,throughput_deviation,p90_deviation,replay_cpu_ms,plan_cpu_ms,plan_with_replay_cpu_ms,flow_given_up,chosen");
        for (Cases.Case each : Cases.of(arguments, 0).all()) {
            CostModel costModel =
                    Strategies.named(CostModelFactory.class, "roofline").create(each.problem());
            PlanningRequest byFlow =
                    new PlanningRequest(each.problem(), costModel, PlanningOptions.DEFAULT, SolveControl.unlimited());
            PlanningRequest byReplay = new PlanningRequest(
                    each.problem(), costModel, PlanningOptions.DEFAULT.withReplayTop(3), SolveControl.unlimited());
            plan(planner, byReplay); // warms up
            long start = cpuNanos();
            ServingPlan plan = plan(planner, byFlow);
            long planned = cpuNanos();
            ServingPlan chosen = plan(planner, byReplay);
            long replayed = cpuNanos();
            List<PlanReplay.Outcome> outcomes = outcomes(byFlow, plan);
            long done = cpuNanos();
            System.out.printf(
                    Locale.ROOT,
                    "%s,%.2f %%,%.2f %%,%.0f,%.0f,%.0f,%.2f %%,%s%n",
                    each.name(),
                    100 * deviation(outcomes, PlanReplay.Outcome::requestsPerSecond),
                    100 * deviation(outcomes, PlanReplay.Outcome::p90EndToEndSeconds),
                    (done - replayed) / MILLIS / SEEDS,
                    (planned - start) / MILLIS,
                    (replayed - planned) / MILLIS,
                    100
                            * (1
                                    - chosen.throughput().requestsPerSecond()
                                            / plan.throughput().requestsPerSecond()),
                    chosen.warnings().stream()
                            .filter(warning -> warning.startsWith("chosen by replay"))
                            .findFirst()
                            .orElse("by flow"));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static ServingPlan plan(Planner planner, PlanningRequest request) {
        if (planner.plan(request) instanceof PlanningResult.Planned planned) {
            return planned.plan();
        }
        throw new IllegalStateException("no plan");
    }

    private static List<PlanReplay.Outcome> outcomes(PlanningRequest request, ServingPlan plan) {
        PlanReplay replay = Strategies.named(PlanReplay.class, "short-replay");
        return LongStream.range(0, SEEDS)
                .mapToObj(seed -> replay.findOutcome(new PlanReplay.Request(
                        request.problem(), request.costModel(), plan, seed, new CancellationToken())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Standard deviation over the mean; NaN if there are no outcomes. */
    private static double deviation(List<PlanReplay.Outcome> outcomes, ToDoubleFunction<PlanReplay.Outcome> value) {
        double[] values = outcomes.stream().mapToDouble(value).toArray();
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1)) / mean;
    }
}
