package org.partiflow.solvers.joint;

import java.util.List;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.spi.CostModelFactory;

/**
 * A call of {@link JointPlanner}. Immutable.
 *
 * @param tenants the models, their requests and required rates; all on one cluster
 * @param costModels predict times, one per tenant
 * @param options strategies, objective (not {@code COST}) and seed; replays are left out
 * @param control limits and progress; evaluations are counted over all models
 */
public record JointRequest(
        List<Tenant> tenants, List<CostModel> costModels, PlanningOptions options, SolveControl control) {
    /** Rejects no tenants, several clusters, a missing cost model, and {@code COST}. */
    public JointRequest {
        tenants = List.copyOf(tenants);
        costModels = List.copyOf(costModels);
        Tenant.requireOneCluster(tenants);
        if (costModels.size() != tenants.size()) {
            throw new IllegalArgumentException(
                    costModels.size() + " cost models for " + tenants.size() + " models: give one for each");
        }
        if (options.objective() == Objective.COST) {
            throw new IllegalArgumentException(
                    "several models are planned for the share of their required rates that is served: the objective COST"
                            + " is for one model at a time");
        }
    }

    /** A request whose cost models come from one factory. */
    public static JointRequest of(
            List<Tenant> tenants, CostModelFactory costs, PlanningOptions options, SolveControl control) {
        return new JointRequest(
                tenants,
                tenants.stream().map(tenant -> costs.create(tenant.problem())).toList(),
                options,
                control);
    }
}
