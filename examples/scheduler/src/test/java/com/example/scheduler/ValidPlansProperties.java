package com.example.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Whatever the cluster, what the scheduler would start is valid. */
class ValidPlansProperties {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    @Property(tries = 25, seed = "2025")
    void plansAreValid(
            @ForAll("clusters") Cluster cluster,
            @ForAll("models") TransformerModel model,
            @ForAll("workloads") Workload workload) {
        PlanningProblem problem = PlanningProblem.of(cluster, model, workload);
        PlanningResult result = PlanInTime.plan(problem, PATIENCE, event -> {});
        if (result instanceof PlanningResult.Planned planned) {
            assertThat(PlanChecker.violations(
                            problem,
                            Strategies.named(CostModelFactory.class, "roofline").create(problem),
                            planned.plan()))
                    .isEmpty();
        } else {
            assertThat(((PlanningResult.Infeasible) result).reason()).isNotBlank();
        }
    }

    @Property(tries = 200, seed = "2026")
    void ourPartitionsAreValid(@ForAll("clusters") Cluster cluster, @ForAll @IntRange(min = 1, max = 4) int wanted) {
        ClusterGraph graph = new ClusterGraph(cluster);
        int blocks = Math.min(wanted, graph.size());
        PartitionRequest request = new PartitionRequest(graph, blocks, 0.5, 0, 1, SolveControl.unlimited());
        if (new RackOrderPartitioner().partition(request) instanceof PartitionResult.Found found) {
            assertThat(PartitionChecker.violations(request, found.partition())).isEmpty();
        }
    }

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(12);
    }

    @Provide
    Arbitrary<TransformerModel> models() {
        return Models.small();
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Workloads.any();
    }
}
