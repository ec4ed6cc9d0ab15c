package org.partiflow.solvers.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.Objective;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.workload.SloTarget;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.Signature;
import org.partiflow.solvers.strategy.StrategySearch;

/** Makes groups, each only once. Not thread-safe: one search, one instance. */
public final class Groups {
    /** Waiting beyond the 90th percentile of an exponential tail is what the default attainment leaves out. */
    private static final double TAIL = Math.log(10);

    private final StrategySearch strategies;
    private final Objective objective;
    private final double timeToFirstTokenSeconds;
    private final List<Map<Signature, Group>> known = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
    private int next;

    /**
     * Groups with strategies by {@code strategies}.
     *
     * @param slo targets, used by {@link Objective#GOODPUT}
     */
    public Groups(StrategySearch strategies, Objective objective, java.util.Optional<SloTarget> slo) {
        this.strategies = strategies;
        this.objective = objective;
        timeToFirstTokenSeconds = slo.map(SloTarget::timeToFirstTokenSeconds).orElse(Double.POSITIVE_INFINITY);
    }

    /** The group of these GPUs in this phase. */
    public Group of(GpuSet set, Phase phase) {
        return known.get(phase.ordinal()).computeIfAbsent(set.identity(), key -> make(set, phase));
    }

    /** A new group with a given strategy; not remembered, so that callers make each group once. */
    public Group with(GpuSet set, Phase phase, GroupStrategy strategy) {
        return new Group(set, phase, strategy, usableRate(phase, strategy), next++);
    }

    /** The search behind the strategies. */
    public StrategySearch strategies() {
        return strategies;
    }

    private Group make(GpuSet set, Phase phase) {
        return with(set, phase, strategies.best(phase, set));
    }

    /**
     * For goodput, prefill stays below the utilisation at which waiting in an M/D/1 queue, stretched to the 90th
     * percentile, would exceed what the target leaves beside the pass itself.
     */
    public double usableRate(Phase phase, GroupStrategy strategy) {
        double rate = strategy.requestsPerSecond();
        if (objective != Objective.GOODPUT
                || phase != Phase.PREFILL
                || Double.isInfinite(timeToFirstTokenSeconds)
                || !strategy.isFeasible()) {
            return rate;
        }
        double passSeconds = strategy.batch() / rate;
        double wait = Math.max(0, timeToFirstTokenSeconds - strategy.latencySeconds()) / TAIL;
        double ratio = 2 * wait / passSeconds;
        return rate * ratio / (1 + ratio);
    }
}
