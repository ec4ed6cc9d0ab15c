package org.partiflow.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.partiflow.solvers.lp.PackingLp;
import org.partiflow.solvers.lp.PackingLpSolution;

/** Cold solves of random packing programs, five coefficients per column. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 9, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PackingLpBenchmark {
    /** Rows and columns, as {@code rows x columns}. */
    @Param({"30x60", "200x5000"})
    public String size = "30x60";

    private PackingLp program = PackingLp.builder().build();

    /** For JMH. */
    public PackingLpBenchmark() {}

    /** Makes the program. */
    @Setup(Level.Trial)
    public void prepare() {
        String[] parts = size.split("x", -1);
        int rows = Integer.parseInt(parts[0]);
        Random random = new Random(42);
        PackingLp.Builder builder =
                PackingLp.builder(random.doubles(rows, 1, 100).toArray());
        for (int j = 0; j < Integer.parseInt(parts[1]); j++) {
            int[] chosen = random.ints(0, rows).distinct().limit(5).sorted().toArray();
            builder.addColumn(
                    random.nextDouble(), chosen, random.doubles(5, 0.01, 10).toArray());
        }
        program = builder.build();
    }

    /** One solve from the origin. */
    @Benchmark
    public PackingLpSolution solve() {
        return program.solve();
    }
}
