package org.partiflow.solvers.joint;

import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.solvers.bound.ComputeBound;

/**
 * Plans how several models share a cluster: every GPU serves at most one model, and the least share of the required rates that
 * is served is maximised; among equals, the sum of the shares. Each model's part is a plan by the planner named, on the GPUs
 * that it gets, and caches of all models fit through the links that they share. With one model the part is that planner's own
 * plan without replay. Stateless and thread-safe; equal requests give equal plans unless a wall-time limit strikes. See {@code
 * docs/algorithms/joint.md}.
 */
public final class JointPlanner {
    private static final String PLANNER = "partiflow";
    private static final int MOST_PLANS = 24;
    private static final int MOST_LARGE_PLANS = 16;

    private final Planner planner;

    /** Plans parts with the default planner. */
    public JointPlanner() {
        this(Strategies.named(Planner.class, PLANNER));
    }

    /** Plans parts with this planner. */
    public JointPlanner(Planner planner) {
        this.planner = planner;
    }

    /** Plans. A stop asked for by the control yields the best so far. */
    public JointResult plan(JointRequest request) {
        TenantPlans plans = new TenantPlans(request, planner);
        SplitMaker maker = new SplitMaker(plans);
        Optional<SmallSplits> small = SmallSplits.of(plans, maker, MOST_PLANS);
        if (small.isPresent()) {
            Split found = small.get().search();
            return found == null
                    ? infeasible(plans)
                    : planned(
                            plans, found, new JointPlan.Certificate(small.get().bound(), 0, "patterns"));
        }
        LargeSplits large = new LargeSplits(plans, maker, MOST_LARGE_PLANS);
        Split found = large.search();
        return found == null
                ? infeasible(plans)
                : planned(plans, found, large.certificate(found).orElse(null));
    }

    private static JointResult planned(TenantPlans plans, Split found, JointPlan.@Nullable Certificate certificate) {
        JointPlan.Certificate alone = alone(plans);
        JointPlan.Certificate least =
                certificate == null || certificate.upperBoundServedShare() > alone.upperBoundServedShare()
                        ? alone
                        : certificate;
        double bound = Math.max(found.servedShare(), least.upperBoundServedShare());
        return new JointResult.Planned(new JointPlan(
                found.parts(),
                found.servedShare(),
                new JointPlan.Certificate(bound, bound > 0 ? 1 - found.servedShare() / bound : 0, least.covers()),
                new ServingPlan.Termination(plans.budget.reason(), plans.budget.limit(), plans.budget.evaluations())));
    }

    /** Every model with the whole cluster to itself, from compute alone. */
    private static JointPlan.Certificate alone(TenantPlans plans) {
        double share = IntStream.range(0, plans.tenants())
                .mapToDouble(t -> ComputeBound.of(
                                        plans.request.tenants().get(t).problem(),
                                        plans.request.costModels().get(t))
                                .requestsPerSecond()
                        / plans.required(t))
                .min()
                .orElse(0);
        return new JointPlan.Certificate(share, 0, "compute");
    }

    private static JointResult infeasible(TenantPlans plans) {
        if (!plans.budget.mayGoOn()) {
            return new JointResult.Infeasible("the limits were reached before a plan for all models was found");
        }
        int[] all = IntStream.range(0, plans.cluster.nodeCount())
                .map(n -> plans.cluster.node(n).count())
                .toArray();
        for (int t = 0; t < plans.tenants(); t++) {
            TenantPlans.Planned alone = plans.plan(t, all);
            if (alone.plan().isEmpty()) {
                return new JointResult.Infeasible(plans.request.tenants().get(t).name() + " alone: " + alone.reason());
            }
        }
        String names = plans.request.tenants().stream()
                .map(Tenant::name)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return new JointResult.Infeasible("each of " + names + " can be served alone, but no division of the "
                + plans.cluster.gpuCount() + " GPUs that serves all of them was found; add GPUs, or use smaller weight"
                + " formats");
    }
}
