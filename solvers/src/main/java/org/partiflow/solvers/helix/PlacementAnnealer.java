package org.partiflow.solvers.helix;

import java.util.SplittableRandom;
import org.partiflow.api.control.Budget;
import org.partiflow.api.layers.LayerPlacement;
import org.partiflow.api.layers.LayerProblem;

/**
 * Simulated annealing on placements. The energy is the flow, discounted for the length of its pipelines, plus a small
 * share of what covers the layers, which tells placements of equal flow apart. Not thread-safe; deterministic in the seed.
 */
final class PlacementAnnealer {
    private static final double HOT = 0.04;
    private static final double COLD = 0.0004;
    private static final double COVER_SHARE = 0.15;
    /** Cover beyond this multiple of the best flow is worth nothing. */
    private static final double ENOUGH = 1.1;

    /** Temperatures follow the best flow, at least this share of the bound. */
    private static final double LEAST_SCALE = 0.1;

    private final LayerProblem problem;
    private final double lengthDiscount;
    private final Budget budget;
    private final PlacementValue value;
    /** No placement flows more. */
    private final double workBound;

    private double enough;

    PlacementAnnealer(LayerProblem problem, double lengthDiscount, Budget budget) {
        this.problem = problem;
        this.lengthDiscount = lengthDiscount;
        this.budget = budget;
        value = new PlacementValue(problem);
        workBound = CoverProof.workBound(problem);
    }

    /** The best placement met in {@code steps} moves from {@code from}. */
    LayerPlacement anneal(LayerPlacement from, long steps, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PlacementMoves moves = new PlacementMoves(value, problem.layers(), problem.machines(), random);
        int[] start = from.start().clone();
        int[] end = from.end().clone();
        int[] bestStart = start.clone();
        int[] bestEnd = end.clone();
        int[] nextStart = start.clone();
        int[] nextEnd = end.clone();
        double best = score(start, end);
        enough = value.flow() > 0 ? ENOUGH * value.flow() : workBound;
        double energy = energy(start, end);
        for (long step = 0; step < steps && budget.spend(); step++) {
            System.arraycopy(start, 0, nextStart, 0, start.length);
            System.arraycopy(end, 0, nextEnd, 0, end.length);
            if (!moves.move(nextStart, nextEnd)) {
                continue;
            }
            double next = energy(nextStart, nextEnd);
            double temperature =
                    Math.max(best, LEAST_SCALE * workBound) * HOT * Math.pow(COLD / HOT, (double) step / steps);
            if (next >= energy || random.nextDouble() < Math.exp((next - energy) / temperature)) {
                int[] swap = start;
                start = nextStart;
                nextStart = swap;
                swap = end;
                end = nextEnd;
                nextEnd = swap;
                energy = next;
                double reached = score();
                if (reached > best) {
                    best = reached;
                    System.arraycopy(start, 0, bestStart, 0, start.length);
                    System.arraycopy(end, 0, bestEnd, 0, end.length);
                    enough = Math.max(enough, ENOUGH * value.flow());
                }
            }
        }
        return new LayerPlacement(bestStart, bestEnd);
    }

    /** Without the machines that carry nothing. */
    LayerPlacement pruned(LayerPlacement placement) {
        int[] start = placement.start().clone();
        int[] end = placement.end().clone();
        value.solve(start, end);
        for (int m = 0; m < start.length; m++) {
            if (!value.carries(m)) {
                start[m] = -1;
                end[m] = -1;
            }
        }
        return new LayerPlacement(start, end);
    }

    /** The flow of a placement, discounted for length. */
    double score(int[] start, int[] end) {
        value.solve(start, end);
        return score();
    }

    private double score() {
        return value.flow() * Math.pow(1 - lengthDiscount, value.length());
    }

    private double energy(int[] start, int[] end) {
        double reached = score(start, end);
        double discount = value.flow() == 0 ? 1 : reached / value.flow();
        return reached + COVER_SHARE * discount * value.covered(start, end, enough);
    }
}
