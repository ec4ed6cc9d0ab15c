package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.partiflow.api.plan.Phase;

/** A cell's packing is disjoint and as heavy as the heaviest of all packings. */
class CellProperties {
    private static double[] rates(int[] counts, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + Arrays.hashCode(counts));
        double[] rates = new double[3];
        if (random.nextInt(3) > 0) {
            for (int i = 0; i < rates.length; i++) {
                rates[i] = random.nextInt(4) == 0
                        ? 0
                        : random.nextDouble() * Arrays.stream(counts).sum();
            }
        }
        return rates;
    }

    private static double weight(int[] counts, long seed, double price) {
        double[] rates = rates(counts, seed);
        return Math.max(
                price * rates[Phase.PREFILL.ordinal()],
                Math.max((1 - price) * rates[Phase.DECODE.ordinal()], rates[Phase.COLOCATED.ordinal()]));
    }

    /** All packings: every multiset of patterns, by brute force over the first pattern. */
    private static double heaviest(int[] free, long seed, double price) {
        double most = 0;
        int states = (int) Cell.states(free);
        for (int state = 1; state < states; state++) {
            int[] taken = new int[free.length];
            int[] rest = free.clone();
            int digits = state;
            for (int n = 0; n < free.length; n++) {
                taken[n] = digits % (free[n] + 1);
                rest[n] -= taken[n];
                digits /= free[n] + 1;
            }
            double own = weight(taken, seed, price);
            if (own > 0) {
                most = Math.max(most, own + heaviest(rest, seed, price));
            }
        }
        return most;
    }

    @Property(tries = 120, seed = "20261125")
    void packsBest(
            @ForAll @Size(min = 1, max = 2) List<@IntRange(min = 1, max = 3) Integer> sizes,
            @ForAll @IntRange(max = 10_000) int seed,
            @ForAll @DoubleRange(min = 0, max = 1) double price) {
        int[] free = sizes.stream().mapToInt(Integer::intValue).toArray();
        Cell cell = new Cell(free, counts -> rates(counts, seed));
        int[] used = new int[free.length];
        double sum = 0;
        for (Cell.Piece piece : cell.pack(price, List.of(Phase.values()))) {
            for (int n = 0; n < used.length; n++) {
                used[n] += piece.counts()[n];
            }
            double rate = rates(piece.counts(), seed)[piece.phase().ordinal()];
            sum += rate * (piece.phase() == Phase.PREFILL ? price : piece.phase() == Phase.DECODE ? 1 - price : 1);
        }
        for (int n = 0; n < used.length; n++) {
            assertThat(used[n]).isLessThanOrEqualTo(free[n]);
        }
        assertThat(sum).isCloseTo(heaviest(free, seed, price), within(1e-9));
    }
}
