package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Whatever the cluster, model and workload: the plan is valid and within its bound, or infeasibility has a reason. */
class PlanValidityProperties {
    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(20);
    }

    @Provide
    Arbitrary<Cluster> largerClusters() {
        return Clusters.any();
    }

    @Provide
    Arbitrary<TransformerModel> models() {
        return Models.small();
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Workloads.any();
    }

    @Provide
    Arbitrary<String> planners() {
        return Arbitraries.of(
                "partiflow", "hexgen2", "colocated", "distserve", "vllm-uniform", "hexgen-ga", "hexgen2-ga");
    }

    @Provide
    Arbitrary<String> partitioners() {
        return Arbitraries.of("spectral-kl", "random", "greedy");
    }

    @Property(tries = 120, seed = "20261123", shrinking = ShrinkingMode.OFF)
    void plansAreValid(
            @ForAll("clusters") Cluster cluster,
            @ForAll("models") TransformerModel model,
            @ForAll("workloads") Workload workload,
            @ForAll("planners") String planner,
            @ForAll("partitioners") String partitioner) {
        check(cluster, model, workload, planner, partitioner);
    }

    @Property(tries = 20, seed = "20261124", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void plansOfLargerClustersAreValid(
            @ForAll("largerClusters") Cluster cluster,
            @ForAll("models") TransformerModel model,
            @ForAll("workloads") Workload workload,
            @ForAll("planners") String planner,
            @ForAll("partitioners") String partitioner) {
        check(cluster, model, workload, planner, partitioner);
    }

    private static void check(
            Cluster cluster, TransformerModel model, Workload workload, String planner, String partitioner) {
        PlanningProblem problem = PlanningProblem.of(cluster, model, workload);
        PlanningOptions options = new PlanningOptions(
                partitioner, "push-relabel", PlanningOptions.Refinement.GUIDED, Objective.THROUGHPUT, 0, 7);
        PlanningResult result = Planners.plan(planner, problem, options, 150);
        if (result instanceof PlanningResult.Planned planned) {
            ServingPlan plan = planned.plan();
            assertThat(PlanChecker.violations(problem, Planners.roofline(problem), plan))
                    .isEmpty();
            assertThat(plan.certificate().gap()).isBetween(0.0, 1.0);
        } else {
            assertThat(((PlanningResult.Infeasible) result).reason()).isNotBlank();
        }
    }
}
