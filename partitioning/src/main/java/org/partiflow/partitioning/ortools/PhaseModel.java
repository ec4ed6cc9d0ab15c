package org.partiflow.partitioning.ortools;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import java.util.Arrays;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PhaseGraph;
import org.partiflow.api.graph.PhasePartitionRequest;

/** The 0-1 program of a phase partition: x[g] is 1 for a prefill group, each side has a group. Not thread-safe. */
final class PhaseModel {
    private static final long MOST_OBJECTIVE = 1L << 50;

    final CpModel model = new CpModel();
    private final PhaseGraph graph;
    private final BoolVar[] x;
    private final LinearExprBuilder prefill = LinearExpr.newBuilder();
    private final LinearExprBuilder decode = LinearExpr.newBuilder();

    PhaseModel(PhaseGraph graph) {
        this.graph = graph;
        x = new BoolVar[graph.size()];
        long decodeTotal = 0;
        for (int g = 0; g < x.length; g++) {
            x[g] = model.newBoolVar("x" + g);
            prefill.addTerm(x[g], graph.prefillSupply(g));
            decode.addTerm(x[g], -graph.decodeSupply(g));
            decodeTotal += graph.decodeSupply(g);
        }
        decode.add(decodeTotal);
        model.addLinearConstraint(LinearExpr.sum(x), 1, x.length - 1L);
    }

    void requireSupply(long least) {
        model.addGreaterOrEqual(prefill, least);
        model.addGreaterOrEqual(decode, least);
    }

    void maximiseSupply() {
        IntVar supply = model.newIntVar(0, graph.divisibleSupply(), "supply");
        model.addGreaterOrEqual(prefill, supply);
        model.addGreaterOrEqual(decode, supply);
        model.maximize(supply);
    }

    /** Adds the objective; false if bandwidths had to be rounded to keep it within range. */
    boolean maximiseBandwidth() {
        long total = 0;
        for (int a = 0; a < x.length; a++) {
            for (int b = 0; b < a; b++) {
                total += graph.bandwidth(a, b);
            }
        }
        long scale = 1 + total / MOST_OBJECTIVE;
        LinearExprBuilder between = LinearExpr.newBuilder();
        for (int a = 0; a < x.length; a++) {
            for (int b = 0; b < a; b++) {
                long bandwidth = graph.bandwidth(a, b) / scale;
                if (bandwidth > 0) {
                    BoolVar apart = model.newBoolVar("c" + a + "_" + b);
                    model.addLessOrEqual(apart, LinearExpr.sum(new BoolVar[] {x[a], x[b]}));
                    model.addLessOrEqual(LinearExpr.sum(new BoolVar[] {apart, x[a], x[b]}), 2);
                    between.addTerm(apart, bandwidth);
                }
            }
        }
        model.maximize(between);
        return scale == 1;
    }

    void hint(Partition partition) {
        for (int g = 0; g < x.length; g++) {
            model.addHint(x[g], partition.blockOf(g) == PhasePartitionRequest.PREFILL ? 1 : 0);
        }
    }

    Partition partition(CpSolver solver) {
        int[] block = new int[x.length];
        Arrays.setAll(
                block, g -> solver.value(x[g]) == 1 ? PhasePartitionRequest.PREFILL : PhasePartitionRequest.DECODE);
        return new Partition(block, 2);
    }
}
