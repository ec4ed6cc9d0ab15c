package org.partiflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;

/** What every planner must do. Extend it, and name your planner and a cost model to run it with. */
public abstract class PlannerContract {
    /** The planner under test. */
    protected abstract Planner planner();

    /** A cost model for a problem. */
    protected abstract CostModel costModel(PlanningProblem problem);

    /** A feasible problem that the planner accepts: by default six GPUs of two types serving a 7B model. */
    protected PlanningProblem problem() {
        Node fast = Clusters.node(
                "fast",
                Clusters.A100_PCIE,
                2,
                "z",
                Clusters.homogeneous8().node(0).intraNode());
        Node slow = Clusters.node(
                "slow", Clusters.RTX_3090, 4, "z", Clusters.mixed20().node(1).intraNode());
        Cluster cluster = new Cluster("six", List.of(fast, slow), Fabric.NIC_ONLY, List.of());
        return PlanningProblem.of(cluster, Models.llama2_7b(), Workloads.hphd());
    }

    private PlanningResult plan(PlanningProblem problem, SolveControl control) {
        return planner().plan(new PlanningRequest(problem, costModel(problem), PlanningOptions.DEFAULT, control));
    }

    private ServingPlan planned(PlanningProblem problem, SolveControl control) {
        PlanningResult result = plan(problem, control);
        assertThat(result).isInstanceOf(PlanningResult.Planned.class);
        return ((PlanningResult.Planned) result).plan();
    }

    private static SolveControl control(int threads) {
        return new SolveControl(2_000, Optional.empty(), threads, new CancellationToken(), ProgressListener.SILENT);
    }

    @Test
    void aPlanPassesTheCheckerAndServesSomething() {
        ServingPlan plan = planned(problem(), control(1));
        assertThat(PlanChecker.violations(problem(), costModel(problem()), plan))
                .isEmpty();
        assertThat(plan.throughput().requestsPerSecond()).isPositive();
        assertThat(plan.certificate().upperBoundRequestsPerSecond())
                .isGreaterThanOrEqualTo(plan.throughput().requestsPerSecond());
    }

    @Test
    void theSameRequestGivesTheSamePlanOnAnyNumberOfThreads() {
        ServingPlan plan = planned(problem(), control(1));
        assertThat(planned(problem(), control(1))).isEqualTo(plan);
        assertThat(planned(problem(), control(2))).isEqualTo(plan);
    }

    @Test
    void concurrentCallsDoNotDisturbEachOther() throws Exception {
        ServingPlan expected = planned(problem(), control(1));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Callable<ServingPlan> call = () -> planned(problem(), control(1));
            for (Future<ServingPlan> future : pool.invokeAll(List.of(call, call))) {
                assertThat(future.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aModelThatFitsNowhereIsInfeasibleWithTheShortfall() {
        Node tiny = Clusters.node(
                "tiny", Clusters.RTX_3090, 1, "z", Clusters.mixed20().node(1).intraNode());
        Cluster cluster = new Cluster("tiny", List.of(tiny), Fabric.NIC_ONLY, List.of());
        PlanningProblem impossible = PlanningProblem.of(cluster, Models.llama2_70b(), Workloads.hphd());
        PlanningResult result = plan(impossible, control(1));
        assertThat(result).isInstanceOf(PlanningResult.Infeasible.class);
        PlanningResult.Infeasible infeasible = (PlanningResult.Infeasible) result;
        // 138 GB of weights against 90 % of 24 GB.
        assertThat(infeasible.shortfallBytes()).isBetween(116_000_000_000L, 125_000_000_000L);
        assertThat(infeasible.reason()).contains("GB are missing");
    }

    @Test
    void cancelledAtTheStartItStillReturnsCleanly() {
        CancellationToken cancelled = new CancellationToken();
        cancelled.cancel();
        SolveControl control =
                new SolveControl(Long.MAX_VALUE, Optional.empty(), 1, cancelled, ProgressListener.SILENT);
        assertCleanStop(plan(problem(), control), "CANCELLED");
    }

    @Test
    void outOfTimeAtTheStartItStillReturnsCleanly() {
        SolveControl control = new SolveControl(
                Long.MAX_VALUE, Optional.of(Duration.ZERO), 1, new CancellationToken(), ProgressListener.SILENT);
        assertCleanStop(plan(problem(), control), "LIMIT");
    }

    private void assertCleanStop(PlanningResult result, String reason) {
        if (result instanceof PlanningResult.Planned planned) {
            assertThat(planned.plan().termination().reason()).isEqualTo(reason);
            assertThat(PlanChecker.violations(problem(), costModel(problem()), planned.plan()))
                    .isEmpty();
        }
    }

    @Test
    void renamingNodesChangesNoValue() {
        PlanningProblem original = problem();
        List<Node> renamed = new ArrayList<>();
        for (Node node : original.cluster().nodes()) {
            renamed.add(new Node(
                    "x" + node.id(),
                    node.gpu(),
                    node.count(),
                    "other",
                    node.intraNode(),
                    node.nic(),
                    node.pricePerGpuHourUsd()));
        }
        Cluster cluster = new Cluster("renamed", renamed, original.cluster().fabric(), List.of());
        double value = planned(original, control(1)).throughput().requestsPerSecond();
        double again = planned(PlanningProblem.of(cluster, original.model(), original.workload()), control(1))
                .throughput()
                .requestsPerSecond();
        assertThat(again).isCloseTo(value, within(1e-9 * value));
    }
}
