package org.partiflow.solvers.joint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.Budget;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.Signature;

/** Plans of single tenants on so many GPUs of each node, each made once for choices that look alike. Not thread-safe. */
final class TenantPlans {
    final JointRequest request;
    final Budget budget;
    final Cluster cluster;
    private final NodeClasses classes;
    private final Planner planner;
    private final List<Map<Signature, Planned>> known = new ArrayList<>();
    private int made;

    /**
     * A tenant's plan on the first GPUs of each node.
     *
     * @param counts GPUs of each node
     * @param plan the plan, by the names of {@link ClusterPart}; empty if there is none
     * @param reason why there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never written to after construction
    record Planned(int[] counts, Optional<ServingPlan> plan, String reason) {
        double requestsPerSecond() {
            return plan.map(p -> p.throughput().requestsPerSecond()).orElse(0.0);
        }
    }

    TenantPlans(JointRequest request, Planner planner) {
        this.request = request;
        this.planner = planner;
        budget = request.control().start();
        cluster = request.tenants().get(0).problem().cluster();
        classes = new NodeClasses(cluster);
        request.tenants().forEach(tenant -> known.add(new HashMap<>()));
    }

    int tenants() {
        return request.tenants().size();
    }

    double required(int tenant) {
        return request.tenants().get(tenant).requiredRequestsPerSecond();
    }

    /** Plans made so far. */
    int made() {
        return made;
    }

    /** Equal for choices of GPUs on which a tenant is served alike. */
    Signature look(int[] counts) {
        return GpuSet.of(classes, counts).signature();
    }

    /** The plan on a choice that looks like this one, if it was made. */
    @Nullable
    Planned find(int tenant, Signature look) {
        return known.get(tenant).get(look);
    }

    /** The plan on these GPUs. A choice that looks alike may have another order of nodes, so it is planned for its own nodes. */
    Planned plan(int tenant, int[] counts) {
        Signature look = look(counts);
        Planned found = known.get(tenant).get(look);
        if (found != null && java.util.Arrays.equals(found.counts, counts)) {
            return found;
        }
        Planned planned = make(tenant, counts);
        if (found == null || planned.requestsPerSecond() > found.requestsPerSecond()) {
            known.get(tenant).put(look, planned);
        }
        return planned;
    }

    private Planned make(int tenant, int[] counts) {
        if (IntStream.of(counts).sum() == 0) {
            return new Planned(counts, Optional.empty(), "it gets no GPU");
        }
        made++;
        Tenant one = request.tenants().get(tenant);
        request.control()
                .listener()
                .on(new ProgressEvent.StepStarted(String.format(
                        Locale.ROOT,
                        "planning %s on %d GPUs",
                        one.name(),
                        IntStream.of(counts).sum())));
        PlanningProblem problem = one.problem();
        PlanningProblem part = new PlanningProblem(
                ClusterPart.of(cluster, counts).cluster(),
                problem.model(),
                problem.workload(),
                problem.serving(),
                problem.provenance());
        PlanningResult result = planner.plan(new PlanningRequest(
                part, request.costModels().get(tenant), request.options().withReplayTop(0), rest()));
        if (result instanceof PlanningResult.Planned planned) {
            budget.spend(planned.plan().termination().evaluations());
            return new Planned(counts, Optional.of(planned.plan()), "");
        }
        return new Planned(counts, Optional.empty(), ((PlanningResult.Infeasible) result).reason());
    }

    /** What is left of the limits. */
    private SolveControl rest() {
        SolveControl all = request.control();
        return new SolveControl(
                Math.max(0, all.maxEvaluations() - budget.evaluations()),
                budget.nested().timeLimit(),
                all.threads(),
                all.cancellation(),
                ProgressListener.SILENT);
    }
}
