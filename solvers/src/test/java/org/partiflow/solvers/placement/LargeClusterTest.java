package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

class LargeClusterTest {
    private static final PlanningProblem LARGE =
            PlanningProblem.of(Clusters.nodesOfEight(128, 4), Models.llama2_70b(), Workloads.hphd());

    private static ServingPlan plan(PlanningProblem problem, int threads, long evaluations, CancellationToken token) {
        SolveControl control = new SolveControl(evaluations, Optional.empty(), threads, token, ProgressListener.SILENT);
        PlanningResult result = Planners.named("partiflow")
                .plan(new PlanningRequest(problem, Planners.roofline(problem), PlanningOptions.DEFAULT, control));
        return ((PlanningResult.Planned) result).plan();
    }

    @Test
    void aThousandGpusArePlannedValidlyAndAlikeWithAnyNumberOfThreads() {
        ServingPlan one = plan(LARGE, 1, Long.MAX_VALUE, new CancellationToken());
        assertThat(PlanChecker.violations(LARGE, Planners.roofline(LARGE), one)).isEmpty();
        assertThat(one.certificate().gap()).isBetween(0.0, 0.5);
        assertThat(one.groups()).hasSizeGreaterThan(50);
        assertThat(plan(LARGE, 2, Long.MAX_VALUE, new CancellationToken())).isEqualTo(one);
    }

    @Test
    void refinementDoesNotLowerTheValue() {
        PlanningProblem problem =
                PlanningProblem.of(Clusters.nodesOfEight(16, 2), Models.llama2_70b(), Workloads.hpld());
        double few = plan(problem, 1, 60, new CancellationToken()).throughput().requestsPerSecond();
        double many = plan(problem, 1, Long.MAX_VALUE, new CancellationToken())
                .throughput()
                .requestsPerSecond();
        assertThat(many).isGreaterThanOrEqualTo(few * (1 - 1e-9));
    }

    @Test
    void cancellingAtOnceYieldsAValidPlan() {
        CancellationToken token = new CancellationToken();
        token.cancel();
        ServingPlan plan = plan(LARGE, 1, Long.MAX_VALUE, token);
        assertThat(plan.termination().reason()).isEqualTo("CANCELLED");
        assertThat(PlanChecker.violations(LARGE, Planners.roofline(LARGE), plan))
                .isEmpty();
    }

    @Test
    void cellsCoverEveryGpuOnce() {
        for (Cluster cluster : new Cluster[] {Clusters.nodesOfEight(13, 3), Clusters.mixed20()}) {
            NodeClasses classes = new NodeClasses(cluster);
            for (boolean mixed : new boolean[] {true, false}) {
                int[] covered = new int[cluster.nodeCount()];
                for (GpuSet cell : CellCuts.of(cluster, classes, mixed)) {
                    assertThat(Cells.isSmallEnough(cell)).isTrue();
                    for (int i = 0; i < cell.positions(); i++) {
                        covered[cell.node(i)] += cell.count(i);
                    }
                }
                assertThat(covered)
                        .containsExactly(IntStream.range(0, covered.length)
                                .map(n -> cluster.node(n).count())
                                .toArray());
            }
        }
    }
}
