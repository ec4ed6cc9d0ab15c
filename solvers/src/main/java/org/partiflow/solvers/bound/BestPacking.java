package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.partiflow.api.plan.Phase;

/**
 * Finds the packing of greatest flow ({@link LinkLoads#flow}), or at least a bound on it, by {@link PackingLabels}: whether any
 * exceeds a target is asked for targets that fall from the relaxed bound to the value of a known plan, since few labels
 * exceed a high target. What the labels leave over is evaluated: a flow above the target raises it, other flows have prices
 * that make another relaxation, by which the next round drops them. When nothing is left over, the target is a bound.
 * Deterministic; limited by the labels' work. Not thread-safe.
 */
final class BestPacking {
    /** Targets: parts of the way from the relaxed bound to the known value. */
    private static final double[] DESCENT = {0.05, 0.1, 0.15, 0.2, 0.27, 0.35, 0.45, 0.6, 0.8, 1};

    private static final int MOST_ROUNDS = 60;
    private static final int MOST_RELAXATIONS = 40;
    private static final int EVALUATED_PER_ROUND = 12;
    private static final int LEARNED_PER_ROUND = 3;
    private static final int MOST_BETTER = 12;
    /** Most work in all searches together. */
    private static final long MOST_WORK = 25_000_000;
    /** Most work of a round when the bound is within {@link #NEAR} of the best that is known. */
    private static final long WORK_WHEN_NEAR = 2_000_000;

    private static final double NEAR = 0.01;
    private static final long LOOKING = 2_000_000;
    private static final int LOOKING_WIDTH = 12;
    /** Above the rounding of sums of some ten doubles: what exceeds a target by less does not count. */
    private static final double ROUNDING = 1e-10;

    private final PatternTable table;
    private final LinkLoads loads;
    private final List<Phase> phases;
    private final List<Relaxation> relaxations;
    private final List<Found> better = new ArrayList<>();
    private final Set<List<Integer>> keys = new HashSet<>();
    /** The greatest flow that was met, or the greatest value that was asked about. */
    private double reached;

    private double bound;
    private long work;
    private int roundsLeft;
    /** Relaxations at the last look for better packings. */
    private int known;

    private record Found(Packing packing, double flow) {}

    /**
     * @param relaxations at least one; not changed
     * @param relaxed a bound on all packings
     */
    BestPacking(PatternTable table, LinkLoads loads, List<Phase> phases, List<Relaxation> relaxations, double relaxed) {
        this.table = table;
        this.loads = loads;
        this.phases = phases;
        this.relaxations = new ArrayList<>(relaxations);
        bound = relaxed;
    }

    /** Lowers the bound towards the value of a known plan; keeps what earlier searches have learned. */
    void search(double value) {
        reached = Math.max(reached, value);
        roundsLeft = MOST_ROUNDS;
        look();
        double from = bound;
        double way = Math.max(0, from - reached);
        boolean open = false;
        for (int d = 0; d < DESCENT.length && !open && !isNear(); d++) {
            open = !settle(Math.max(reached, from - DESCENT[d] * way));
            if (relaxations.size() > known) {
                look();
            }
        }
        if (!open && !isSettled()) {
            settle(reached);
        }
    }

    /** Looks for better packings with few labels, before proving anything. */
    private void look() {
        known = relaxations.size();
        if (isSettled()) {
            return;
        }
        double above = reached * (1 + ROUNDING);
        PackingItems items = new PackingItems(table, phases, relaxations, table.size() - 1, above);
        PackingLabels labels = new PackingLabels(table, relaxations, items, above);
        if (labels.settle(table.size() - 1, LOOKING, LOOKING_WIDTH).isPresent()) {
            labels.survivors(EVALUATED_PER_ROUND).forEach(this::note);
        }
    }

    /** Remembers a packing; returns its flow. */
    private LinkLoads.Prices note(Packing packing) {
        LinkLoads.Prices flow = loads.flow(packing);
        if (keys.add(packing.key())) {
            better.add(new Found(packing, flow.value()));
        }
        reached = Math.max(reached, flow.value());
        return flow;
    }

    /** No packing is better. */
    double bound() {
        return bound;
    }

    /** Packings that were met and whose flow exceeds a value, those of greatest flow first. */
    List<Packing> better(double value) {
        return better.stream()
                .filter(found -> found.flow > value)
                .sorted(Comparator.comparingDouble(Found::flow).reversed())
                .limit(MOST_BETTER)
                .map(Found::packing)
                .toList();
    }

    /** Whether nothing can be better than what was reached. */
    private boolean isSettled() {
        return bound <= reached * (1 + 2 * ROUNDING);
    }

    private boolean isNear() {
        return bound <= reached * (1 + NEAR);
    }

    /** Lowers the bound to a target, or to the greatest flow above it; whether that was possible. */
    private boolean settle(double first) {
        double target = first;
        while (roundsLeft-- > 0) {
            double above = target * (1 + ROUNDING);
            PackingItems items = new PackingItems(table, phases, relaxations, table.size() - 1, above);
            PackingLabels labels = new PackingLabels(table, relaxations, items, above);
            long all = Math.max(0, MOST_WORK - work);
            long limit = isNear() ? Math.min(WORK_WHEN_NEAR, all) : all;
            OptionalLong done = labels.settle(table.size() - 1, limit, Integer.MAX_VALUE);
            work += done.orElse(limit);
            if (done.isEmpty()) {
                return false;
            }
            List<Packing> left = labels.survivors(EVALUATED_PER_ROUND);
            if (left.isEmpty()) {
                bound = Math.min(bound, above);
                return true;
            }
            if (!learn(left, target)) {
                return false;
            }
            target = Math.max(target, reached);
        }
        return false;
    }

    /** Whether anything new is known: a flow above the target, or prices. */
    private boolean learn(List<Packing> left, double target) {
        List<LinkLoads.Prices> refuted = new ArrayList<>();
        for (Packing packing : left) {
            refuted.add(note(packing));
        }
        if (reached > target * (1 + ROUNDING)) {
            return true;
        }
        int learned = 0;
        for (LinkLoads.Prices flow : refuted) {
            if (learned < LEARNED_PER_ROUND && relaxations.size() < MOST_RELAXATIONS) {
                relaxations.add(new Relaxation(table, loads, phases, flow.prefillPrice(), flow.rowPrices()));
                learned++;
            }
        }
        return learned > 0;
    }
}
