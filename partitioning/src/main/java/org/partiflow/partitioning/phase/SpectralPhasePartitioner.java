package org.partiflow.partitioning.phase;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.PhaseGraph;
import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;
import org.partiflow.api.spi.PhasePartitioner;
import org.partiflow.partitioning.LabelledRandom;

/**
 * Sweeps over the eigenvector of the greatest eigenvalue of the normalised Laplacian, which approximates a maximum cut
 * [1], both ways round, and over the prefill advantage; each best cut is refined by flips and exchanges. The vector comes
 * from {@value #ITERATIONS} power iterations: it is a start, not a claim. O(groups squared) by iteration and round.
 * Stateless and thread-safe.
 *
 * <p>Reference: [1] Trevisan: Max cut and the smallest eigenvalue, 2009, doi:10.1145/1536414.1536452.
 */
public final class SpectralPhasePartitioner implements PhasePartitioner {
    private static final int ITERATIONS = 100;

    /** Makes one; found by {@link java.util.ServiceLoader} as {@code spectral-kl}. */
    public SpectralPhasePartitioner() {}

    @Override
    public String name() {
        return "spectral-kl";
    }

    @Override
    public String description() {
        return "sweep over the last Laplacian eigenvector, then flips and exchanges";
    }

    @Override
    public PhasePartitionResult partition(PhasePartitionRequest request) {
        PhaseState state = PhaseSolving.state(request);
        search(state, request, request.control().start());
        return PhaseSolving.report(state, request, false);
    }

    /** Leaves the state at the best of three refined starts. */
    static void search(PhaseState state, PhasePartitionRequest request, Budget budget) {
        PhaseSolving.cutByAdvantage(state, request);
        PhaseRefiner.refine(state, budget);
        boolean[] best = state.assignment();
        PhaseState.Score score = state.score();
        int[] order = order(request.graph());
        for (boolean firstPrefill : new boolean[] {true, false}) {
            PhaseSolving.cutBest(state, order, firstPrefill);
            PhaseRefiner.refine(state, budget);
            if (state.betterThan(score)) {
                score = state.score();
                best = state.assignment();
            }
        }
        state.assign(best);
    }

    /** Groups by their component in the eigenvector, ties by number. */
    private static int[] order(PhaseGraph graph) {
        int n = graph.size();
        double[] inverseRoot = new double[n];
        for (int a = 0; a < n; a++) {
            double degree = 0;
            for (int b = 0; b < n; b++) {
                degree += a == b ? 0 : graph.bandwidth(a, b);
            }
            inverseRoot[a] = degree > 0 ? 1 / Math.sqrt(degree) : 0;
        }
        SplittableRandom random = LabelledRandom.of(n, "phase-spectral");
        double[] x = random.doubles(n).map(u -> u - 0.5).toArray();
        for (int i = 0; i < ITERATIONS; i++) {
            x = multiplied(graph, inverseRoot, x);
        }
        double[] place = new double[n];
        for (int a = 0; a < n; a++) {
            place[a] = x[a] * inverseRoot[a];
        }
        return IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> {
                    int byPlace = Double.compare(place[a], place[b]);
                    return byPlace != 0 ? byPlace : Integer.compare(a, b);
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The normalised Laplacian times x, scaled to unit length; its eigenvalues lie in [0, 2]. */
    private static double[] multiplied(PhaseGraph graph, double[] inverseRoot, double[] x) {
        double[] y = new double[x.length];
        double square = 0;
        for (int a = 0; a < x.length; a++) {
            double sum = 0;
            for (int b = 0; b < x.length; b++) {
                sum += a == b ? 0 : graph.bandwidth(a, b) * inverseRoot[b] * x[b];
            }
            y[a] = x[a] - inverseRoot[a] * sum;
            square += y[a] * y[a];
        }
        double norm = square > 0 ? Math.sqrt(square) : 1;
        for (int a = 0; a < y.length; a++) {
            y[a] /= norm;
        }
        return y;
    }
}
