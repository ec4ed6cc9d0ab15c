package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.strategy.GpuSet;

/** The GPUs that are left on each node while patterns are placed, and what the placed groups do. Not thread-safe. */
final class Stock {
    private final PatternSpace space;
    private final int[] free;
    private final double[] gpusLeft;
    private final double[] prefill;
    private final double[] decode;
    private final double[] kvSurplus;
    private final List<UpperBound.Suggestion> placed = new ArrayList<>();

    /** All GPUs of the cluster. */
    Stock(PatternSpace space) {
        this.space = space;
        ClassNodes nodes = space.nodes();
        free = new int[nodes.cluster.nodeCount()];
        for (int n = 0; n < free.length; n++) {
            free[n] = nodes.cluster.node(n).count();
        }
        gpusLeft = new double[nodes.count()];
        for (int c = 0; c < gpusLeft.length; c++) {
            gpusLeft[c] = nodes.gpus(c);
        }
        prefill = new double[nodes.zones.size()];
        decode = new double[nodes.zones.size()];
        kvSurplus = new double[nodes.count()];
    }

    /** GPUs left of each class. */
    double[] gpusLeft() {
        return gpusLeft;
    }

    /** Requests per second that placed groups prefill in each zone. */
    double[] prefill() {
        return prefill;
    }

    /** Requests per second that placed groups decode in each zone. */
    double[] decode() {
        return decode;
    }

    /** Requests per second whose caches placed prefill groups keep on each class, less those of decode groups. */
    double[] kvSurplus() {
        return kvSurplus;
    }

    /** Groups placed so far. */
    List<UpperBound.Suggestion> placed() {
        return placed;
    }

    /** Whether the column's pattern fits on what is left. */
    boolean fits(PatternColumns.Column column) {
        return nodesFor(space.patterns().get(column.pattern())) != null;
    }

    /** Places the column's pattern on the fullest nodes that have room; returns whether there were any. */
    boolean place(PatternColumns.Column column) {
        ClassPattern pattern = space.patterns().get(column.pattern());
        int[] chosen = nodesFor(pattern);
        if (chosen == null) {
            return false;
        }
        int[] counts = new int[free.length];
        for (int i = 0; i < chosen.length; i++) {
            free[chosen[i]] -= pattern.counts()[i];
            gpusLeft[pattern.classes()[i]] -= pattern.counts()[i];
            counts[chosen[i]] = pattern.counts()[i];
        }
        double sign = column.phase() == Phase.PREFILL ? 1 : -1;
        for (int i = 0; i < column.classes().length; i++) {
            kvSurplus[column.classes()[i]] += sign * column.kvRequests()[i];
        }
        if (column.phase() != Phase.COLOCATED) {
            (column.phase() == Phase.PREFILL ? prefill : decode)[column.zone()] += column.rate();
        }
        placed.add(new UpperBound.Suggestion(GpuSet.of(space.nodes().classes, counts), column.phase()));
        return true;
    }

    /** Best fit, part by part; the parts of a class come by falling count, so that a fit is found if there is one. */
    private int @Nullable [] nodesFor(ClassPattern pattern) {
        int[] chosen = new int[pattern.parts()];
        for (int i = 0; i < chosen.length; i++) {
            int best = -1;
            for (int node : space.nodes().nodes(pattern.classes()[i])) {
                boolean tighter = best < 0 || free[node] < free[best];
                if (free[node] >= pattern.counts()[i] && tighter && !isTaken(node, chosen, i)) {
                    best = node;
                }
            }
            if (best < 0) {
                return null;
            }
            chosen[i] = best;
        }
        return chosen;
    }

    private static boolean isTaken(int node, int[] chosen, int parts) {
        for (int i = 0; i < parts; i++) {
            if (chosen[i] == node) {
                return true;
            }
        }
        return false;
    }
}
