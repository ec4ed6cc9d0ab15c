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
    /** A prompt waits for the iteration under way and is part of the next; its own work comes on top. */
    private static final int ITERATIONS_TO_FIRST_TOKEN = 2;

    private final StrategySearch strategies;
    private final Objective objective;
    private final double timeToFirstTokenSeconds;
    private final double timePerOutputTokenSeconds;
    private final double promptVariation;
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
        timePerOutputTokenSeconds =
                slo.map(SloTarget::timePerOutputTokenSeconds).orElse(Double.POSITIVE_INFINITY);
        double prompt = strategies.evaluator().lengths().prompt();
        double squared = 2 * strategies.evaluator().lengths().promptPairs() - prompt;
        promptVariation = Math.max(0, squared / (prompt * prompt) - 1);
    }

    /** The group of these GPUs in this phase. */
    public Group of(GpuSet set, Phase phase) {
        return known.get(phase.ordinal()).computeIfAbsent(set.identity(), key -> make(set, phase));
    }

    /** A new group with a given strategy; not remembered, so that callers make each group once. */
    public Group with(GpuSet set, Phase phase, GroupStrategy strategy) {
        return new Group(set, phase, strategy, usableRate(phase, set, strategy), next++);
    }

    /** The search behind the strategies. */
    public StrategySearch strategies() {
        return strategies;
    }

    private Group make(GpuSet set, Phase phase) {
        return with(set, phase, strategies.best(phase, set));
    }

    /**
     * The rate that the objective lets a group use. For goodput it stays below the utilisation at which waiting ({@link
     * Queueing}) would take more than the target leaves: of prefill, of the time to first token beside the pass; of colocated
     * groups, beside two iterations and the work of the prompt; of decode, of the time per output token beside the iteration,
     * as the wait for a place is spread over a request's tokens.
     */
    public double usableRate(Phase phase, GpuSet set, GroupStrategy strategy) {
        double rate = strategy.requestsPerSecond();
        if (objective != Objective.GOODPUT || !strategy.isFeasible() || Double.isInfinite(timeToFirstTokenSeconds)) {
            return rate;
        }
        double steps = Math.max(1, strategies.evaluator().lengths().decodeSteps());
        double placeSeconds = steps * strategy.latencySeconds();
        return rate
                * switch (phase) {
                    case PREFILL -> prefillUtilization(strategy);
                    case DECODE ->
                        Queueing.placeUtilization(
                                strategy.batch(),
                                placeSeconds,
                                steps * (timePerOutputTokenSeconds - strategy.latencySeconds()));
                    case COLOCATED ->
                        Queueing.placeUtilization(
                                strategy.batch(),
                                placeSeconds,
                                timeToFirstTokenSeconds - firstTokenSeconds(set, strategy));
                };
    }

    private double prefillUtilization(GroupStrategy strategy) {
        double variation = promptVariation / strategy.batch();
        double passSeconds = strategy.latencySeconds() * Queueing.tailFactor(variation);
        return Queueing.passUtilization(
                strategy.batch() / strategy.requestsPerSecond(), variation, timeToFirstTokenSeconds - passSeconds);
    }

    private double firstTokenSeconds(GpuSet set, GroupStrategy strategy) {
        double prompt = strategies
                .evaluator()
                .evaluate(Phase.PREFILL, strategy.stages(strategies.representatives(set)), 1)
                .latencySeconds();
        return ITERATIONS_TO_FIRST_TOKEN * strategy.latencySeconds() + prompt * Queueing.tailFactor(promptVariation);
    }
}
