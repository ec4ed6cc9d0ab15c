package org.partiflow.solvers.helix;

import org.partiflow.api.layers.LayerNetwork;
import org.partiflow.api.layers.LayerProblem;

/**
 * Values placements during a search: max flow, mean pipeline length, and how much of every layer is covered.
 *
 * <p>Where no link can bind, machines that end and start at the same layer are all connected, so the network shrinks to
 * one vertex for each layer boundary and one arc for each machine. Not thread-safe.
 */
final class PlacementValue {
    private final LayerProblem problem;
    private final int machines;
    private final boolean roomy;
    private final long[][] rate;
    private final SmallFlow network = new SmallFlow();
    private final int[] arcOf;
    private final double[] cover;
    private double flow;
    private double length;

    PlacementValue(LayerProblem problem) {
        this.problem = problem;
        machines = problem.machines();
        rate = new long[machines][];
        for (int m = 0; m < machines; m++) {
            int most = Math.min(problem.type(m).maxLayers(), problem.layers());
            rate[m] = new long[most + 1];
            for (int k = 1; k <= most; k++) {
                rate[m][k] = (long) Math.floor(problem.type(m).rate(k) * LayerNetwork.UNITS_PER_TOKEN);
            }
        }
        roomy = isRoomy();
        arcOf = new int[machines];
        cover = new double[problem.layers() + 1];
    }

    /** Most layers of a machine. */
    int most(int machine) {
        return rate[machine].length - 1;
    }

    /** Tokens/s of a machine by layers held. */
    double rate(int machine, int layers) {
        return rate[machine][layers] / LayerNetwork.UNITS_PER_TOKEN;
    }

    /** Whether no link can bind. */
    private boolean isRoomy() {
        double[] peak = new double[machines + 2];
        peak[machines] = Double.POSITIVE_INFINITY;
        peak[machines + 1] = Double.POSITIVE_INFINITY;
        for (int m = 0; m < machines; m++) {
            for (int k = 1; k < rate[m].length; k++) {
                peak[m] = Math.max(peak[m], rate(m, k));
            }
        }
        for (int a = 0; a <= machines; a++) {
            for (int b = 0; b <= machines + 1; b++) {
                boolean possible = a != b && b != problem.source() && !(a == problem.source() && b == problem.sink());
                if (possible && problem.link(a, b) < Math.min(peak[a], peak[b])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Solves the max flow of a placement; {@link #flow()} and {@link #length()} have the result. */
    void solve(int[] start, int[] end) {
        int source;
        int sink;
        if (roomy) {
            source = 0;
            sink = problem.layers();
            network.reset(problem.layers() + 1);
            for (int m = 0; m < machines; m++) {
                arcOf[m] = start[m] < 0 ? -1 : network.add(start[m], end[m], rate[m][end[m] - start[m]]);
            }
        } else {
            source = 2 * machines;
            sink = 2 * machines + 1;
            connect(start, end, source, sink);
        }
        long value = network.maximise(source, sink);
        long sum = 0;
        for (int m = 0; m < machines; m++) {
            sum += arcOf[m] < 0 ? 0 : network.flow(arcOf[m]);
        }
        flow = value / LayerNetwork.UNITS_PER_TOKEN;
        length = value == 0 ? 0 : (double) sum / value;
    }

    private void connect(int[] start, int[] end, int source, int sink) {
        network.reset(2 * machines + 2);
        for (int m = 0; m < machines; m++) {
            arcOf[m] = start[m] < 0 ? -1 : network.add(m, machines + m, rate[m][end[m] - start[m]]);
        }
        for (int a = 0; a < machines; a++) {
            if (start[a] < 0) {
                continue;
            }
            if (start[a] == 0) {
                network.add(source, a, units(problem.source(), a));
            }
            if (end[a] == problem.layers()) {
                network.add(machines + a, sink, units(a, problem.sink()));
                continue;
            }
            for (int b = 0; b < machines; b++) {
                if (start[b] == end[a]) {
                    network.add(machines + a, b, units(a, b));
                }
            }
        }
    }

    private long units(int from, int to) {
        return (long) Math.floor(problem.link(from, to) * LayerNetwork.UNITS_PER_TOKEN);
    }

    /** Tokens/s of the placement last solved. */
    double flow() {
        return flow;
    }

    /** Machines that a token of the placement last solved passes in the mean. */
    double length() {
        return length;
    }

    /** Whether a machine carries anything in the placement last solved. */
    boolean carries(int machine) {
        return arcOf[machine] >= 0 && network.flow(arcOf[machine]) > 0;
    }

    /** Mean over the layers of the rates that cover it, each layer counted up to {@code enough}. */
    double covered(int[] start, int[] end, double enough) {
        java.util.Arrays.fill(cover, 0);
        for (int m = 0; m < machines; m++) {
            if (start[m] >= 0) {
                double each = rate(m, end[m] - start[m]);
                cover[start[m]] += each;
                cover[end[m]] -= each;
            }
        }
        double sum = 0;
        double here = 0;
        for (int layer = 0; layer < problem.layers(); layer++) {
            here += cover[layer];
            sum += Math.min(here, enough);
        }
        return sum / problem.layers();
    }
}
