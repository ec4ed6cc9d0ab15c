package org.partiflow.solvers.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.Budget;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Allocation;
import org.partiflow.solvers.network.FlowAllocator;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.strategy.GpuSet;

/** Scores candidate groups, and counts how many were scored. Not thread-safe. */
final class Evaluator {
    private static final int PAIRS_PER_UNIT = 12;

    private final Cluster cluster;
    private final PlanningOptions options;
    private final FlowAllocator allocator;
    private final Budget budget;
    private long work;

    Evaluator(Cluster cluster, PlanningOptions options, FlowAllocator allocator, Budget budget) {
        this.cluster = cluster;
        this.options = options;
        this.allocator = allocator;
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    /** What was done so far, in units of an evaluation of a few groups: what searches of one space are limited by. */
    long work() {
        return work;
    }

    /** Counts work beside evaluations. */
    void toil(long units) {
        work += units;
    }

    /**
     * Counts the work on a move that was ruled out before its flow.
     *
     * @param asEvaluation whether it also counts as an evaluation
     */
    void ruleOut(boolean asEvaluation) {
        work++;
        if (asEvaluation) {
            budget.spend();
        }
    }

    /** Bounds the flow after moves from a layout by the prices of its flow. */
    MoveBound bound(Layout layout) {
        return new MoveBound(allocator.routes(), layout);
    }

    Layout evaluate(List<Group> groups, GpuSet pool) {
        budget.spend();
        work += 1 + pairs(groups) / PAIRS_PER_UNIT;
        Allocation allocation = allocator.allocate(groups);
        return new Layout(groups, pool, allocation, score(groups, allocation.requestsPerSecond()));
    }

    /** The candidate if it beats {@code incumbent}; {@code null} otherwise. Hopeless ones cost no flow. */
    @Nullable
    Layout improvement(Layout incumbent, List<Group> groups, GpuSet pool) {
        Score atBest = score(groups, Layout.ceiling(groups));
        if (!atBest.isBetterThan(incumbent.score())) {
            budget.spend();
            work++;
            return null;
        }
        Layout candidate = evaluate(groups, pool);
        return candidate.score().isBetterThan(incumbent.score()) ? candidate : null;
    }

    private static long pairs(List<Group> groups) {
        long prefill = 0;
        long decode = 0;
        for (Group group : groups) {
            prefill += group.phase() == Phase.PREFILL ? 1 : 0;
            decode += group.phase() == Phase.DECODE ? 1 : 0;
        }
        return prefill * decode;
    }

    /** What these groups are worth at a rate. */
    Score score(List<Group> groups, double requestsPerSecond) {
        double prefill = Layout.supply(groups, Phase.PREFILL);
        double decode = Layout.supply(groups, Phase.DECODE);
        double potential = prefill + decode + 2 * Layout.supply(groups, Phase.COLOCATED);
        if (options.objective() != Objective.COST) {
            return new Score(requestsPerSecond, 0, potential);
        }
        return new Score(Math.min(requestsPerSecond, options.requiredRate()), usdPerHour(groups), potential);
    }

    private double usdPerHour(List<Group> groups) {
        double sum = 0;
        for (Group group : groups) {
            GpuSet set = group.set();
            for (int i = 0; i < set.positions(); i++) {
                sum += set.count(i) * cluster.node(set.node(i)).pricePerGpuHourUsd();
            }
        }
        return sum;
    }
}
