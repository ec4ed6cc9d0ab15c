package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;

/**
 * The packing problem with the balance of prefill and decode and the link rows priced instead of kept: every pattern has a
 * weight, every packing is worth the sum of its weights and the prices of the row limits, and the heaviest one bounds every
 * plan. Weights are those of the flow, from nothing to the pattern's rate, that is worth most. Immutable.
 */
final class Relaxation {
    private final PatternTable table;
    private final List<Phase> phases;
    /** Per phase and pattern. */
    private final double[][] weights;
    /** Heaviest packing of every rest. */
    private final double[] completion;
    /** First pattern of that packing; 0 where the first GPU is left over. */
    private final int[] choice;
    /** Sum of row prices times row limits. */
    private final double constant;

    /**
     * @param prefillPrice price of a request that is prefilled, in [0, 1]; a decoded one has the rest
     * @param rowPrices prices of the link rows, at least 0
     */
    Relaxation(PatternTable table, LinkLoads loads, List<Phase> phases, double prefillPrice, double[] rowPrices) {
        this.table = table;
        this.phases = phases;
        weights = new double[Phase.values().length][];
        double sum = 0;
        for (int row = 0; row < rowPrices.length; row++) {
            sum += rowPrices[row] * loads.limit(row);
        }
        constant = sum;
        for (Phase phase : phases) {
            double price = phase == Phase.PREFILL ? prefillPrice : phase == Phase.DECODE ? 1 - prefillPrice : 1;
            weights[phase.ordinal()] = loads.weights(phase, price, rowPrices);
        }
        completion = new double[table.size()];
        choice = new int[table.size()];
        double[] heaviest = heaviest();
        for (int v = 1; v < completion.length; v++) {
            settle(v, heaviest);
        }
    }

    /** Bound on every plan: the heaviest packing of all GPUs. */
    double bound() {
        return completion[completion.length - 1] + constant;
    }

    /** Bound on every completion of a partial packing that leaves rest {@code v}, beside the packing's own weights. */
    double completion(int v) {
        return completion[v] + constant;
    }

    /** What partial packings without anything more are worth, beside their weights. */
    double constant() {
        return constant;
    }

    double weight(Phase phase, int pattern) {
        return weights[phase.ordinal()][pattern];
    }

    /** The heaviest packing of all GPUs. */
    Packing heaviestPacking() {
        return heaviestPacking(completion.length - 1);
    }

    /** The heaviest packing of rest {@code rest}. */
    Packing heaviestPacking(int rest) {
        List<Integer> patterns = new ArrayList<>();
        List<Phase> chosen = new ArrayList<>();
        int v = rest;
        while (v > 0) {
            int pattern = choice[v];
            if (pattern == 0) {
                v -= new PatternWalk(table, v).unit();
            } else {
                patterns.add(pattern);
                chosen.add(phaseOf(pattern));
                v -= pattern;
            }
        }
        return new Packing(patterns, chosen);
    }

    private Phase phaseOf(int pattern) {
        Phase best = phases.get(0);
        for (Phase phase : phases) {
            if (weight(phase, pattern) > weight(best, pattern)) {
                best = phase;
            }
        }
        return best;
    }

    private double[] heaviest() {
        double[] heaviest = new double[table.size()];
        for (Phase phase : phases) {
            double[] ofPhase = weights[phase.ordinal()];
            for (int pattern = 1; pattern < heaviest.length; pattern++) {
                heaviest[pattern] = Math.max(heaviest[pattern], ofPhase[pattern]);
            }
        }
        return heaviest;
    }

    /** F(v) = max(F(v without one GPU of its first node), max over patterns p of v with that node of w(p) + F(v - p)). */
    private void settle(int v, double[] heaviest) {
        PatternWalk walk = new PatternWalk(table, v);
        double most = completion[v - walk.unit()];
        int chosen = 0;
        for (int pattern = walk.first(); pattern > 0; pattern = walk.next()) {
            double value = heaviest[pattern] + completion[v - pattern];
            if (heaviest[pattern] > 0 && value > most) {
                most = value;
                chosen = pattern;
            }
        }
        completion[v] = most;
        choice[v] = chosen;
    }
}
