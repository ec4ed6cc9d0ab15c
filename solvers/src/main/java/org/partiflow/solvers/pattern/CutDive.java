package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.lp.PackingLp;
import org.partiflow.solvers.lp.PackingLpSolution;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * The node LP and its rounding by diving: whole parts of the solution are placed, the LP is solved again for the nodes that
 * are left, and when no column has a whole part, the largest fraction is rounded up. Not thread-safe.
 */
final class CutDive {
    private static final double WHOLE = 1 - 1e-6;
    private static final double NOTHING = 1e-6;

    private final ClassNodes nodes;
    private final ClassLinks links;
    private final CutColumns columns;
    private final List<List<Integer>> left = new ArrayList<>();
    private final double[] prefill;
    private final double[] decode;
    private final List<UpperBound.Suggestion> placed = new ArrayList<>();
    private double prefillSeconds;

    /**
     * What a dive ends with.
     *
     * @param groups disjoint groups
     * @param value of the node LP, requests per second
     * @param prefillSeconds mean latency of the prefill groups, weighted by their rates; 0 without any
     */
    record Result(List<UpperBound.Suggestion> groups, double value, double prefillSeconds) {}

    CutDive(ClassNodes nodes, ClassLinks links, CutColumns columns) {
        this.nodes = nodes;
        this.links = links;
        this.columns = columns;
        prefill = new double[nodes.zones.size()];
        decode = new double[nodes.zones.size()];
        for (CutColumns.Kind kind : columns.kinds) {
            List<Integer> all = new ArrayList<>();
            for (int node : nodes.nodes(kind.nodeClass())) {
                if (nodes.cluster.node(node).count() == kind.gpus()) {
                    all.add(node);
                }
            }
            left.add(all);
        }
    }

    Result run() {
        PackingLpSolution solution = solve();
        double value = solution.value();
        while (placeWholes(solution.x()) > 0 || placeLargest(solution.x())) {
            solution = solve();
        }
        double rate = Arrays.stream(prefill).sum();
        return new Result(List.copyOf(placed), value, rate > 0 ? prefillSeconds / rate : 0);
    }

    private PackingLpSolution solve() {
        int kinds = left.size();
        int zones = prefill.length;
        double[] limits = new double[kinds + 2 * zones];
        for (int k = 0; k < kinds; k++) {
            limits[k] = left.get(k).size();
        }
        System.arraycopy(prefill, 0, limits, kinds, zones);
        System.arraycopy(decode, 0, limits, kinds + zones, zones);
        PackingLp.Builder lp = PackingLp.builder(limits);
        columns.columns.forEach(column -> add(lp, column));
        for (int z = 0; z < zones; z++) {
            for (int w = 0; w < zones; w++) {
                double most = z == w ? Double.POSITIVE_INFINITY : links.zoneRequests[z][w];
                lp.addColumn(1, new int[] {kinds + z, kinds + zones + w}, new double[] {1, 1}, most);
            }
        }
        return lp.build().solve();
    }

    private void add(PackingLp.Builder lp, CutColumns.Column column) {
        int[] rows = new int[column.kinds().size() + 2];
        double[] coefficients = new double[rows.length];
        int size = 0;
        for (int kind : column.kinds()) {
            int at = indexOf(rows, size, kind);
            rows[at] = kind;
            coefficients[at] += 1;
            size = Math.max(size, at + 1);
        }
        if (column.prefill() > 0) {
            rows[size] = left.size() + column.zone();
            coefficients[size++] = -column.prefill();
        }
        if (column.decode() > 0) {
            rows[size] = left.size() + prefill.length + column.zone();
            coefficients[size++] = -column.decode();
        }
        lp.addColumn(column.colocated(), Arrays.copyOf(rows, size), Arrays.copyOf(coefficients, size));
    }

    private static int indexOf(int[] rows, int size, int row) {
        for (int i = 0; i < size; i++) {
            if (rows[i] == row) {
                return i;
            }
        }
        return size;
    }

    private int placeWholes(double[] x) {
        int count = 0;
        for (int j : byFalling(Arrays.copyOf(x, columns.columns.size()))) {
            for (double amount = x[j]; amount >= WHOLE && place(columns.columns.get(j)); amount--) {
                count++;
            }
        }
        return count;
    }

    private boolean placeLargest(double[] x) {
        for (int j : byFalling(Arrays.copyOf(x, columns.columns.size()))) {
            if (place(columns.columns.get(j))) {
                return true;
            }
        }
        return false;
    }

    private boolean place(CutColumns.Column column) {
        List<Integer> chosen = new ArrayList<>();
        for (int kind : column.kinds()) {
            List<Integer> rest = left.get(kind);
            long used = chosen.stream().filter(rest::contains).count();
            if (rest.size() <= used) {
                return false;
            }
            chosen.add(rest.get((int) used));
        }
        for (int i = 0; i < chosen.size(); i++) {
            left.get(column.kinds().get(i)).remove(chosen.get(i));
        }
        prefill[column.zone()] += column.prefill();
        decode[column.zone()] += column.decode();
        prefillSeconds += column.prefill() * column.cut().meanPrefillSeconds();
        suggest(column, chosen);
        return true;
    }

    private void suggest(CutColumns.Column column, List<Integer> chosen) {
        NodeCut cut = column.cut();
        if (chosen.size() == 1) {
            for (int g = 0; g < cut.counts().size(); g++) {
                int[] counts = new int[nodes.cluster.nodeCount()];
                counts[chosen.get(0)] = cut.counts().get(g);
                placed.add(new UpperBound.Suggestion(
                        GpuSet.of(nodes.classes, counts), cut.phases().get(g)));
            }
            return;
        }
        int[] counts = new int[nodes.cluster.nodeCount()];
        for (int node : chosen) {
            counts[node] = nodes.cluster.node(node).count();
        }
        Phase phase = cut.phases().get(0);
        placed.add(new UpperBound.Suggestion(GpuSet.of(nodes.classes, counts), phase));
    }

    private static int[] byFalling(double[] x) {
        return IntStream.range(0, x.length)
                .boxed()
                .filter(j -> x[j] > NOTHING)
                .sorted(Comparator.comparingDouble(j -> -x[j]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
