package org.partiflow.solvers.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.JointPlanChecker;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.Workload;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Several models on one cluster. */
class JointPlannerTest {
    private static Tenant tenant(Cluster cluster, TransformerModel model, Workload workload, double rate) {
        return new Tenant(PlanningProblem.of(cluster, model, workload), rate);
    }

    private static JointPlan plan(JointRequest request) {
        JointResult result = new JointPlanner().plan(request);
        assertThat(result).isInstanceOf(JointResult.Planned.class);
        JointPlan plan = ((JointResult.Planned) result).plan();
        assertThat(JointPlanChecker.violations(request.tenants(), request.costModels(), plan))
                .isEmpty();
        return plan;
    }

    private static List<Tenant> onEight(double scale) {
        Cluster cluster = Clusters.homogeneous8();
        return List.of(
                tenant(cluster, Models.llama2_70b(), Workloads.hpld(), 5 * scale),
                tenant(cluster, Models.llama2_7b(), Workloads.lpld(), 40 * scale));
    }

    @Test
    void twiceTheRatesHalveTheShare() {
        JointPlan once = plan(JointPlannerProperties.request(onEight(1), SolveControl.unlimited()));
        JointPlan twice = plan(JointPlannerProperties.request(onEight(2), SolveControl.unlimited()));
        assertThat(twice.servedShare()).isCloseTo(once.servedShare() / 2, within(1e-9));
        assertThat(once.certificate().gap()).isLessThan(0.01);
    }

    @Test
    void largeClustersAreDividedByTheirClasses() {
        Cluster cluster = Clusters.nodesOfEight(6, 2);
        List<Tenant> tenants = List.of(
                tenant(cluster, Models.llama2_70b(), Workloads.hpld(), 10),
                tenant(cluster, Models.opt30b(), Workloads.lphd(), 60));
        JointPlan plan = plan(JointPlannerProperties.request(tenants, SolveControl.evaluations(4_000)));
        assertThat(plan.certificate().gap()).isBetween(0.0, 0.6);
        assertThat(plan.certificate().covers()).contains("nodes");
    }

    @Test
    void saysWhichModelDoesNotFit() {
        Cluster cluster = new Cluster(
                "one",
                List.of(Clusters.node(
                        "n0",
                        Clusters.A6000,
                        2,
                        "z0",
                        Clusters.mixed20().node(0).intraNode())),
                Clusters.mixed20().fabric(),
                List.of());
        List<Tenant> tenants = List.of(
                tenant(cluster, Models.llama2_7b(), Workloads.hpld(), 1),
                tenant(cluster, Models.llama2_70b(), Workloads.hpld(), 1));
        JointResult result = new JointPlanner().plan(JointPlannerProperties.request(tenants, SolveControl.unlimited()));
        assertThat(result).isInstanceOf(JointResult.Infeasible.class);
        assertThat(((JointResult.Infeasible) result).reason())
                .startsWith("llama-2-70b alone: ")
                .contains("missing");
    }

    @Test
    void cancelledAtTheStartGivesTheBestSoFar() {
        CancellationToken token = new CancellationToken();
        token.cancel();
        SolveControl control =
                new SolveControl(Long.MAX_VALUE, java.util.Optional.empty(), 1, token, ProgressListener.SILENT);
        JointPlan plan = plan(JointPlannerProperties.request(onEight(1), control));
        assertThat(plan.termination().reason()).isEqualTo("CANCELLED");
    }

    @Test
    void rejectsWhatItIsNotFor() {
        List<Tenant> tenants = onEight(1);
        PlanningOptions cost = new PlanningOptions(
                "spectral-kl", "push-relabel", PlanningOptions.Refinement.GUIDED, Objective.COST, 1, 42);
        assertThatThrownBy(
                        () -> new JointRequest(tenants, List.of(), PlanningOptions.DEFAULT, SolveControl.unlimited()))
                .hasMessageContaining("one for each");
        assertThatThrownBy(() -> JointRequest.of(
                        tenants,
                        Strategies.named(org.partiflow.api.spi.CostModelFactory.class, "roofline"),
                        cost,
                        SolveControl.unlimited()))
                .hasMessageContaining("COST");
        Tenant elsewhere = tenant(Clusters.mixed20(), Models.llama2_7b(), Workloads.lpld(), 1);
        assertThatThrownBy(() ->
                        JointPlannerProperties.request(List.of(tenants.get(0), elsewhere), SolveControl.unlimited()))
                .hasMessageContaining("share one cluster");
    }

    /** Two models whose caches meet on a link that either would fill: both are lowered, and nothing is overloaded. */
    @Test
    void cachesOfAllModelsFitThroughSharedLinks() {
        Cluster cluster = Clusters.twoZones20();
        PlanningProblem problem = PlanningProblem.of(cluster, Models.llama2_70b(), Workloads.hpld());
        JointRequest request = JointPlannerProperties.request(
                List.of(new Tenant(problem, 1), new Tenant(problem, 3)), SolveControl.unlimited());
        PlanningResult result = Strategies.named(Planner.class, "hexgen2")
                .plan(new PlanningRequest(
                        problem,
                        request.costModels().get(0),
                        PlanningOptions.DEFAULT,
                        SolveControl.evaluations(2_000)));
        ServingPlan plan = ((PlanningResult.Planned) result).plan();
        assertThat(plan.routes()).isNotEmpty();
        List<ServingPlan> lowered = new SharedFlow(request.tenants()).fitted(List.of(plan, plan));
        for (ServingPlan one : lowered) {
            assertThat(PlanChecker.violations(problem, request.costModels().get(0), one))
                    .isEmpty();
        }
        List<JointPlan.Part> parts =
                List.of(new JointPlan.Part(1, lowered.get(0)), new JointPlan.Part(3, lowered.get(1)));
        double share = JointPlan.leastShare(parts);
        JointPlan joint = new JointPlan(parts, share, new JointPlan.Certificate(share, 0, "none"), plan.termination());
        // Both stand on the same GPUs here, which is the only rule that may be broken.
        assertThat(JointPlanChecker.violations(request.tenants(), request.costModels(), joint).stream()
                        .map(Violation::rule)
                        .distinct())
                .isSubsetOf("gpu");
        double before = plan.throughput().requestsPerSecond();
        double after = Stream.of(0, 1)
                .mapToDouble(t -> lowered.get(t).throughput().requestsPerSecond())
                .sum();
        assertThat(after).isGreaterThanOrEqualTo(before * (1 - 1e-6)).isLessThan(2 * before);
        assertThat(lowered.get(0).groups(Phase.COLOCATED)).isEqualTo(plan.groups(Phase.COLOCATED));
    }

    @Test
    void theCheckerFindsWhatIsWrong() {
        JointRequest request = JointPlannerProperties.request(onEight(1), SolveControl.unlimited());
        JointPlan good = plan(request);
        JointPlan.Part first = good.parts().get(0);
        JointPlan twice =
                new JointPlan(List.of(first, first), good.servedShare(), good.certificate(), good.termination());
        List<Tenant> same = List.of(request.tenants().get(0), request.tenants().get(0));
        assertThat(JointPlanChecker.violations(
                        same,
                        List.of(
                                request.costModels().get(0),
                                request.costModels().get(0)),
                        twice))
                .anyMatch(violation -> violation.rule().equals("gpu"));
        JointPlan boast = new JointPlan(
                good.parts(), good.servedShare() * 1.1, new JointPlan.Certificate(0.1, 0, "none"), good.termination());
        assertThat(JointPlanChecker.violations(request.tenants(), request.costModels(), boast))
                .extracting(Violation::rule)
                .contains("servedShare", "bound");
        assertThat(JointPlanChecker.violations(
                        request.tenants().subList(0, 1), request.costModels().subList(0, 1), good))
                .extracting(Violation::rule)
                .containsExactly("parts");
        JointPlan otherRate = new JointPlan(
                List.of(new JointPlan.Part(1, first.plan()), good.parts().get(1)),
                good.servedShare(),
                good.certificate(),
                good.termination());
        assertThat(JointPlanChecker.violations(request.tenants(), request.costModels(), otherRate))
                .extracting(Violation::rule)
                .contains("required-rate");
    }
}
