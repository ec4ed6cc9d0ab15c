package org.partiflow.partitioning.ortools;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionRequest;

/**
 * The integer program on counts: x[d][b] vertices of domain d lie in block b. Maximises twice the weight kept inside
 * blocks, sum of 2 w(d,e) x[d][b] x[e][b] and w(d,d) x[d][b] (x[d][b] - 1); products are variables of the model. Rows: every
 * vertex placed, every block within its limits, the first domain in the first block. Not thread-safe.
 */
final class CountModel {
    /** Most products of the model. */
    static final long MOST_PRODUCTS = 120_000;

    private static final long MOST_OBJECTIVE = 1L << 50;

    final CpModel model = new CpModel();
    private final PartitionRequest request;
    private final DeviceGraph graph;
    private final int[] size;
    private final int[] representative;
    private final int[] second;
    private final IntVar[][] x;
    private long scale = 1;

    CountModel(PartitionRequest request) {
        this.request = request;
        graph = request.graph();
        int domains = graph.domains();
        size = new int[domains];
        representative = new int[domains];
        second = new int[domains];
        for (int v = graph.size() - 1; v >= 0; v--) {
            int d = graph.domainOf(v);
            size[d]++;
            second[d] = representative[d];
            representative[d] = v;
        }
        x = new IntVar[domains][request.blocks()];
    }

    /** How many products the model has; to be asked before {@link #build()}. */
    long products() {
        long pairs = 0;
        for (int d = 0; d < size.length; d++) {
            for (int e = 0; e <= d; e++) {
                pairs += edge(d, e) > 0 ? 1 : 0;
            }
        }
        return pairs * request.blocks();
    }

    void build() {
        placeAll();
        long most = 0;
        for (int d = 0; d < size.length; d++) {
            for (int e = 0; e <= d; e++) {
                most = Math.addExact(most, 2 * edge(d, e) * size[d] * size[e]);
            }
        }
        scale = 1 + most / MOST_OBJECTIVE;
        LinearExprBuilder kept = LinearExpr.newBuilder();
        for (int d = 0; d < size.length; d++) {
            for (int e = 0; e <= d; e++) {
                if (edge(d, e) / scale > 0) {
                    addPair(kept, d, e, edge(d, e) / scale);
                }
            }
        }
        model.maximize(kept);
    }

    private void placeAll() {
        long least = Math.max(1, request.minBlockWeight());
        LinearExprBuilder[] load = new LinearExprBuilder[request.blocks()];
        for (int b = 0; b < load.length; b++) {
            load[b] = LinearExpr.newBuilder();
        }
        for (int d = 0; d < size.length; d++) {
            for (int b = 0; b < load.length; b++) {
                x[d][b] = model.newIntVar(0, size[d], "x" + d + "_" + b);
                load[b].addTerm(x[d][b], graph.vertexWeight(representative[d]));
            }
            model.addEquality(LinearExpr.sum(x[d]), size[d]);
        }
        for (LinearExprBuilder l : load) {
            model.addLinearConstraint(l, least, request.maxBlockWeight());
        }
        model.addGreaterOrEqual(x[0][0], 1);
    }

    private void addPair(LinearExprBuilder kept, int d, int e, long weight) {
        for (int b = 0; b < request.blocks(); b++) {
            IntVar product = model.newIntVar(0, (long) size[d] * size[e], "p" + d + "_" + e + "_" + b);
            if (size[d] == 1 && size[e] == 1) {
                model.addLessOrEqual(product, x[d][b]);
                model.addLessOrEqual(product, x[e][b]);
            } else {
                model.addMultiplicationEquality(product, x[d][b], x[e][b]);
            }
            kept.addTerm(product, d == e ? weight : 2 * weight);
            if (d == e) {
                kept.addTerm(x[d][b], -weight);
            }
        }
    }

    private long edge(int d, int e) {
        if (d == e) {
            return size[d] > 1 ? graph.edgeWeight(representative[d], second[d]) : 0;
        }
        return graph.edgeWeight(representative[d], representative[e]);
    }

    /** Starts the search at a partition, its blocks renumbered so that the first domain is in the first block. */
    void hint(Partition partition) {
        int first = partition.blockOf(representative[0]);
        long[][] count = new long[size.length][request.blocks()];
        for (int v = 0; v < partition.size(); v++) {
            int block = partition.blockOf(v);
            count[graph.domainOf(v)][block == first ? 0 : block == 0 ? first : block]++;
        }
        for (int d = 0; d < size.length; d++) {
            for (int b = 0; b < request.blocks(); b++) {
                model.addHint(x[d][b], count[d][b]);
            }
        }
    }

    /** The solution: vertices of a domain, ascending, go to its blocks, ascending. */
    Partition partition(CpSolver solver) {
        long[][] left = new long[size.length][request.blocks()];
        for (int d = 0; d < size.length; d++) {
            for (int b = 0; b < request.blocks(); b++) {
                left[d][b] = solver.value(x[d][b]);
            }
        }
        int[] blockOf = new int[graph.size()];
        for (int v = 0; v < blockOf.length; v++) {
            long[] row = left[graph.domainOf(v)];
            while (row[blockOf[v]] == 0) {
                blockOf[v]++;
            }
            row[blockOf[v]]--;
        }
        return new Partition(blockOf, request.blocks());
    }
}
