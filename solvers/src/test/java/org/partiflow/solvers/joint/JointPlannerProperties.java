package org.partiflow.solvers.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.JointPlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Plans for several models are valid, within their bound, and as good as any division of a tiny cluster. */
class JointPlannerProperties {
    private static final SolveControl SHORT = SolveControl.evaluations(2_000);

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(10);
    }

    @Provide
    Arbitrary<Cluster> tiny() {
        return Clusters.any(4).filter(cluster -> cluster.gpuCount() >= 2);
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
    Arbitrary<List<Double>> rates() {
        return Arbitraries.of(0.5, 1.0, 3.0, 10.0).list().ofMinSize(2).ofMaxSize(3);
    }

    @Property(tries = 25, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void plansAreValidAndWithinTheBound(
            @ForAll("clusters") Cluster cluster,
            @ForAll("models") TransformerModel first,
            @ForAll("models") TransformerModel second,
            @ForAll("workloads") Workload workload,
            @ForAll("workloads") Workload other,
            @ForAll("rates") List<Double> rates) {
        List<Tenant> tenants = new ArrayList<>();
        for (int t = 0; t < rates.size(); t++) {
            tenants.add(tenant(cluster, t == 1 ? second : first, t == 1 ? other : workload, rates.get(t)));
        }
        JointRequest request = request(tenants, SHORT);
        if (!(new JointPlanner().plan(request) instanceof JointResult.Planned planned)) {
            return;
        }
        JointPlan plan = planned.plan();
        assertThat(JointPlanChecker.violations(tenants, request.costModels(), plan))
                .isEmpty();
        assertThat(plan.servedShare()).isPositive();
        assertThat(plan.certificate().gap()).isBetween(0.0, 1.0);
        assertThat(new JointPlanner().plan(request)).isEqualTo(planned);
    }

    @Property(tries = 12, seed = "20261126", shrinking = ShrinkingMode.OFF)
    void oneModelGetsItsOwnPlan(
            @ForAll("clusters") Cluster cluster,
            @ForAll("models") TransformerModel model,
            @ForAll("workloads") Workload workload) {
        Tenant only = tenant(cluster, model, workload, 2);
        JointResult joint = new JointPlanner().plan(request(List.of(only), SolveControl.unlimited()));
        PlanningResult alone = alone("partiflow", only.problem());
        if (alone instanceof PlanningResult.Planned planned) {
            JointPlan plan = ((JointResult.Planned) joint).plan();
            assertThat(plan.parts().get(0).plan()).isEqualTo(planned.plan());
            assertThat(plan.servedShare()).isEqualTo(planned.plan().throughput().requestsPerSecond() / 2);
        } else {
            assertThat(joint).isInstanceOf(JointResult.Infeasible.class);
        }
    }

    @Property(tries = 12, seed = "20261127", shrinking = ShrinkingMode.OFF)
    void noDivisionOfATinyClusterIsBetter(
            @ForAll("tiny") Cluster cluster,
            @ForAll("models") TransformerModel first,
            @ForAll("models") TransformerModel second,
            @ForAll("workloads") Workload workload,
            @ForAll("workloads") Workload other) {
        List<Tenant> tenants = List.of(tenant(cluster, first, workload, 1), tenant(cluster, second, other, 4));
        double best = 0;
        for (int choice = 1; choice < (1 << cluster.gpuCount()) - 1; choice++) {
            double least = Double.POSITIVE_INFINITY;
            for (int t = 0; t < 2; t++) {
                boolean[] chosen = new boolean[cluster.gpuCount()];
                for (int gpu = 0; gpu < chosen.length; gpu++) {
                    chosen[gpu] = (choice >> gpu & 1) == t;
                }
                Tenant tenant = tenants.get(t);
                PlanningResult part = alone(
                        "exhaustive",
                        PlanningProblem.of(
                                ClusterPart.of(cluster, chosen).cluster(),
                                tenant.problem().model(),
                                tenant.problem().workload()));
                double rate = part instanceof PlanningResult.Planned planned
                        ? planned.plan().throughput().requestsPerSecond()
                        : 0;
                least = Math.min(least, rate / tenant.requiredRequestsPerSecond());
            }
            best = Math.max(best, least);
        }
        JointResult joint = new JointPlanner().plan(request(tenants, SolveControl.unlimited()));
        if (best > 0) {
            JointPlan plan = ((JointResult.Planned) joint).plan();
            assertThat(plan.certificate().upperBoundServedShare()).isGreaterThanOrEqualTo(best * (1 - 1e-9));
            // Caches of both models may meet on a link, which the parts alone do not know.
            assertThat(plan.servedShare()).isCloseTo(best, within(0.02 * best));
        } else {
            assertThat(joint).isInstanceOf(JointResult.Infeasible.class);
        }
    }

    private static Tenant tenant(Cluster cluster, TransformerModel model, Workload workload, double rate) {
        return new Tenant(PlanningProblem.of(cluster, model, workload), rate);
    }

    static JointRequest request(List<Tenant> tenants, SolveControl control) {
        return JointRequest.of(
                tenants, Strategies.named(CostModelFactory.class, "roofline"), PlanningOptions.DEFAULT, control);
    }

    private static PlanningResult alone(String planner, PlanningProblem problem) {
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        return Strategies.named(Planner.class, planner)
                .plan(new PlanningRequest(problem, costModel, PlanningOptions.DEFAULT, SolveControl.unlimited()));
    }
}
