package org.partiflow.api.joint;

import java.util.List;
import org.partiflow.api.PlanningProblem;

/**
 * One of several models that share a cluster. Immutable.
 *
 * @param problem the model and its requests on the whole cluster
 * @param requiredRequestsPerSecond rate that it shall serve, above zero
 */
public record Tenant(PlanningProblem problem, double requiredRequestsPerSecond) {
    /** Rejects a rate that is not a finite number above zero. */
    public Tenant {
        if (!(requiredRequestsPerSecond > 0) || Double.isInfinite(requiredRequestsPerSecond)) {
            throw new IllegalArgumentException("the required rate of '"
                    + problem.model().name() + "' must be above zero, got " + requiredRequestsPerSecond);
        }
    }

    /** The model and its requests, with the workload's arrival rate as the required one. */
    public static Tenant of(PlanningProblem problem) {
        return new Tenant(problem, problem.workload().arrivals().ratePerSecond());
    }

    /** Name of the model, as messages name the tenant. */
    public String name() {
        return problem.model().name();
    }

    /**
     * Checks that these can share a cluster.
     *
     * @throws IllegalArgumentException if there is none, or if two name different clusters
     */
    public static void requireOneCluster(List<Tenant> tenants) {
        if (tenants.isEmpty()) {
            throw new IllegalArgumentException("a joint plan needs at least one model");
        }
        for (Tenant tenant : tenants) {
            if (tenant.problem().cluster() != tenants.get(0).problem().cluster()) {
                throw new IllegalArgumentException("all models of a joint plan share one cluster, but '" + tenant.name()
                        + "' is on another one than '" + tenants.get(0).name() + "'");
            }
        }
    }
}
