package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Plans for an engine keep to its rules, say so, are reproducible, and are no better than what plans for none can be. */
class DeployablePlansProperties {
    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(6);
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Arbitraries.of(Workloads.hpld(), Workloads.hphd(), Workloads.lphd(), Workloads.lpld());
    }

    @Provide
    Arbitrary<TargetEngine> engines() {
        return Arbitraries.of(TargetEngine.VLLM, TargetEngine.SGLANG);
    }

    @Property(tries = 60, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void plansKeepToTheEngine(
            @ForAll("clusters") Cluster cluster,
            @ForAll("workloads") Workload workload,
            @ForAll("engines") TargetEngine engine) {
        PlanningProblem free = PlanningProblem.of(cluster, Models.llama2_7b(), workload);
        PlanningProblem problem = free.withServing(free.serving().withEngine(engine));
        PlanningResult result = plan(problem);
        assertThat(plan(problem)).isEqualTo(result);
        if (result instanceof PlanningResult.Planned planned) {
            ServingPlan plan = planned.plan();
            assertThat(PlanChecker.violations(problem, Planners.roofline(problem), plan))
                    .isEmpty();
            assertThat(plan.inputs().serving().engine()).isEqualTo(engine);
            double value = plan.throughput().requestsPerSecond();
            assertThat(plan.certificate().upperBoundRequestsPerSecond()).isGreaterThanOrEqualTo(value);
            double best = Planners.value(Planners.plan("exhaustive", free, PlanningOptions.DEFAULT, Long.MAX_VALUE));
            // The free search takes the strategy of least latency within one per cent of the best rate.
            assertThat(value).isLessThanOrEqualTo(best * 1.011);
        }
    }

    private static PlanningResult plan(PlanningProblem problem) {
        return Planners.plan("partiflow", problem, PlanningOptions.DEFAULT, Long.MAX_VALUE);
    }
}
