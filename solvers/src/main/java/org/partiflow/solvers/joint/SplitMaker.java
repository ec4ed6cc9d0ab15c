package org.partiflow.solvers.joint;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.plan.ServingPlan;

/** Puts the plans of the tenants side by side: tenants take the GPUs of a node in their order. */
final class SplitMaker {
    private final TenantPlans plans;
    private final SharedFlow flow;

    SplitMaker(TenantPlans plans) {
        this.plans = plans;
        flow = new SharedFlow(plans.request.tenants());
    }

    /**
     * The split.
     *
     * @param planned one per tenant
     * @return {@code null} if a tenant has no plan
     */
    @Nullable
    Split of(List<TenantPlans.Planned> planned) {
        int[] next = new int[plans.cluster.nodeCount()];
        List<ServingPlan> all = new ArrayList<>();
        for (int t = 0; t < planned.size(); t++) {
            TenantPlans.Planned one = planned.get(t);
            if (one.plan().isEmpty()) {
                return null;
            }
            boolean[] chosen = new boolean[plans.cluster.gpuCount()];
            for (int n = 0; n < next.length; n++) {
                for (int i = 0; i < one.counts()[n]; i++) {
                    chosen[plans.cluster.firstGpu(n) + next[n]++] = true;
                }
            }
            ClusterPart part = ClusterPart.of(plans.cluster, chosen);
            all.add(noted(part.outside(one.plan().get()), t));
        }
        List<ServingPlan> fitted = flow.fitted(all);
        return Split.of(IntStream.range(0, fitted.size())
                .mapToObj(t -> new JointPlan.Part(plans.required(t), fitted.get(t)))
                .toList());
    }

    private ServingPlan noted(ServingPlan plan, int tenant) {
        if (plans.tenants() == 1) {
            return plan;
        }
        String others = IntStream.range(0, plans.tenants())
                .filter(t -> t != tenant)
                .mapToObj(t -> plans.request.tenants().get(t).name())
                .collect(Collectors.joining(", "));
        List<String> warnings = new ArrayList<>(plan.warnings());
        warnings.add("shares the cluster with " + others
                + ", whose GPUs are listed as unused; the bound is on the GPUs of " + "this model");
        return new ServingPlan(
                plan.generator(),
                plan.inputs(),
                plan.groups(),
                plan.routes(),
                plan.throughput(),
                plan.certificate(),
                plan.unusedGpus(),
                plan.cost(),
                plan.alternatives(),
                plan.termination(),
                warnings);
    }
}
