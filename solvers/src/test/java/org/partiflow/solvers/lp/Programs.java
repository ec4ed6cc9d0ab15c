package org.partiflow.solvers.lp;

import java.util.Random;
import java.util.stream.IntStream;

/** Random programs for tests. */
final class Programs {
    private Programs() {}

    /** Non-negative coefficients, some bounds, always bounded; coefficients spread over some powers of ten. */
    static PackingLp packing(Random random, int rows, int columns, int perColumn) {
        double[] limits = random.doubles(rows, 0, 100).toArray();
        PackingLp.Builder lp = PackingLp.builder(limits);
        for (int j = 0; j < columns; j++) {
            int[] chosen =
                    random.ints(0, rows).distinct().limit(perColumn).sorted().toArray();
            double[] coefficients = IntStream.range(0, perColumn)
                    .mapToDouble(k -> Math.pow(10, 4 * random.nextDouble() - 2))
                    .toArray();
            double upper = random.nextInt(4) == 0 ? random.nextDouble() : Double.POSITIVE_INFINITY;
            lp.addColumn(random.nextDouble(), chosen, coefficients, upper);
        }
        return lp.build();
    }
}
