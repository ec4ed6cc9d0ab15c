package org.partiflow.api.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete serving plan, as in {@code plan/1}. A plain carrier: {@code PlanChecker} judges it. Immutable.
 *
 * @param generator what made it
 * @param inputs what it was made for
 * @param groups serving groups
 * @param routes KV flows, by prefill and then decode group
 * @param throughput predicted steady rates
 * @param certificate upper bound and bottleneck
 * @param unusedGpus names of GPUs in no group, in cluster order
 * @param cost price
 * @param alternatives other candidates and their value
 * @param termination why the planner stopped
 * @param warnings what the reader should know
 */
public record ServingPlan(
        Generator generator,
        Inputs inputs,
        List<ServingGroup> groups,
        List<Route> routes,
        Throughput throughput,
        Certificate certificate,
        List<String> unusedGpus,
        Cost cost,
        List<Alternative> alternatives,
        Termination termination,
        List<String> warnings) {
    /** What made a plan: names of the strategies, the objective and the seed. */
    public record Generator(
            String version, String strategy, String flow, String refinement, String objective, long seed) {}

    /** An input's name and digest. */
    public record Input(String name, String sha256) {}

    /**
     * What a plan was made for.
     *
     * @param serving how the engines are run; {@code null} where the plan does not say
     */
    public record Inputs(
            Input cluster,
            Input model,
            Input workload,
            String costModel,
            @Nullable PlannedServing serving) {
        /** Inputs of a plan that does not say how the engines are run. */
        public Inputs(Input cluster, Input model, Input workload, String costModel) {
            this(cluster, model, workload, costModel, null);
        }
    }

    /** Predicted steady rates: requests, output tokens, and prompt plus output tokens, all per second. */
    public record Throughput(double requestsPerSecond, double outputTokensPerSecond, double totalTokensPerSecond) {}

    /**
     * How good the plan can be proven to be.
     *
     * @param upperBoundRequestsPerSecond no plan of the covered search space is better
     * @param gap 1 - value / upper bound
     * @param covers the search space that the bound covers
     * @param minCut ids of groups, routes ({@code p0->d0}) and shared links that limit the throughput
     * @param leastCost how cheap a plan could be; {@code null} unless the objective is {@code COST}
     */
    public record Certificate(
            double upperBoundRequestsPerSecond,
            double gap,
            String covers,
            List<String> minCut,
            @Nullable LeastCost leastCost) {
        /** Certificate of a plan for the most throughput. */
        public Certificate(double upperBoundRequestsPerSecond, double gap, String covers, List<String> minCut) {
            this(upperBoundRequestsPerSecond, gap, covers, minCut, null);
        }

        /** Copies the list. */
        public Certificate {
            minCut = List.copyOf(minCut);
        }
    }

    /**
     * How good a plan for the least cost can be proven to be.
     *
     * @param lowerBoundUsdPerHour no plan of the covered search space that serves the required rate uses cheaper GPUs
     * @param costGap 1 - lower bound / price of the plan's GPUs
     */
    public record LeastCost(double lowerBoundUsdPerHour, double costGap) {}

    /** Price of the GPUs in use, and per million output tokens at the planned rate. */
    public record Cost(double usdPerHour, double usdPerMillionOutputTokens) {}

    /** Another candidate and its value. */
    public record Alternative(String name, double requestsPerSecond) {}

    /**
     * Why the planner stopped.
     *
     * @param reason CONVERGED, LIMIT or CANCELLED
     * @param limit the limit that was hit; {@code null} if none
     * @param evaluations candidate plans evaluated
     */
    public record Termination(String reason, @Nullable String limit, long evaluations) {}

    /** Copies the lists. */
    public ServingPlan {
        groups = List.copyOf(groups);
        routes = List.copyOf(routes);
        unusedGpus = List.copyOf(unusedGpus);
        alternatives = List.copyOf(alternatives);
        warnings = List.copyOf(warnings);
    }

    /** Groups of one phase, in order. */
    public List<ServingGroup> groups(Phase phase) {
        return groups.stream().filter(group -> group.phase() == phase).toList();
    }
}
