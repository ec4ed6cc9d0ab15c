package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.Signature;

/**
 * Packs groups into cells, which are the free GPUs of a few nodes. Alike cells share one {@link Cell}, and its packings are
 * remembered by price. Not thread-safe.
 */
final class Cells {
    /** Most states of a cell. */
    static final long MOST_STATES = 1_200;

    /** Groups of more GPUs than this, and of more memory than {@link #MOST_COPIES} of the model, are not looked at. */
    private static final int SURE_GPUS = 8;

    private static final double MOST_COPIES = 6;

    private record Asked(Signature cell, double price) {}

    private final PlanningProblem problem;
    private final NodeClasses classes;
    private final Groups groups;
    private final List<Phase> phases;
    private final Predicate<GpuSet> covered;
    private final double mostBytes;
    private final Map<Signature, Cell> cells = new HashMap<>();
    private final Map<Asked, List<Cell.Piece>> packings = new HashMap<>();

    /**
     * @param phases phases that groups may have
     * @param covered which groups the certificate covers: others are not made
     */
    Cells(PlanningProblem problem, NodeClasses classes, Groups groups, List<Phase> phases, Predicate<GpuSet> covered) {
        this.problem = problem;
        this.classes = classes;
        this.groups = groups;
        this.phases = phases;
        this.covered = covered;
        mostBytes = MOST_COPIES
                * Sharding.weightBytesPerGpu(problem.model(), 0, problem.model().layers(), 1);
    }

    /** Whether these free GPUs are few enough for a cell. */
    static boolean isSmallEnough(GpuSet free) {
        if (free.positions() > Cell.MOST_NODES) {
            return false;
        }
        long states = 1;
        for (int i = 0; i < free.positions(); i++) {
            if (free.count(i) > Cell.MOST_GPUS_OF_A_NODE) {
                return false;
            }
            states *= free.count(i) + 1L;
        }
        return states <= MOST_STATES;
    }

    /**
     * Groups that pack the free GPUs best at a price of prefill, see {@link Cell#pack}.
     *
     * @param free at least one GPU, {@link #isSmallEnough}
     */
    List<Group> pack(GpuSet free, double prefillPrice) {
        Signature signature = free.signature();
        List<Cell.Piece> pieces = packings.computeIfAbsent(
                new Asked(signature, prefillPrice),
                asked -> cell(free, signature).pack(prefillPrice, phases));
        List<Group> packed = new ArrayList<>(pieces.size());
        for (Cell.Piece piece : pieces) {
            packed.add(groups.of(subset(free, piece.counts()), piece.phase()));
        }
        return packed;
    }

    private Cell cell(GpuSet free, Signature signature) {
        return cells.computeIfAbsent(signature, key -> {
            int[] counts = new int[free.positions()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = free.count(i);
            }
            return new Cell(counts, taken -> rates(free, taken));
        });
    }

    private double[] rates(GpuSet free, int[] taken) {
        double[] rates = new double[Phase.values().length];
        GpuSet set = subset(free, taken);
        if ((set.size() > SURE_GPUS && bytes(set) > mostBytes) || !covered.test(set)) {
            return rates;
        }
        for (Phase phase : phases) {
            rates[phase.ordinal()] =
                    groups.usableRate(phase, set, groups.strategies().best(phase, set));
        }
        return rates;
    }

    private double bytes(GpuSet set) {
        double bytes = 0;
        for (int i = 0; i < set.positions(); i++) {
            bytes += (double) set.count(i)
                    * problem.cluster().node(set.node(i)).gpu().memory().bytes();
        }
        return bytes;
    }

    private GpuSet subset(GpuSet free, int[] taken) {
        int used = (int) Arrays.stream(taken).filter(count -> count > 0).count();
        int[] nodes = new int[used];
        int[] counts = new int[used];
        for (int i = 0, at = 0; i < taken.length; i++) {
            if (taken[i] > 0) {
                nodes[at] = free.node(i);
                counts[at++] = taken[i];
            }
        }
        return GpuSet.of(classes, nodes, counts);
    }
}
