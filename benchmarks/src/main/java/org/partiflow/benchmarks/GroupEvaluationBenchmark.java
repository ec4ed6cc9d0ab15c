package org.partiflow.benchmarks;

import java.util.List;
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
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.cost.PreparedGroup;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.io.Catalogue;
import org.partiflow.testkit.Clusters;

/**
 * One group in both phases, all stages: the rate of prefill and of decode at one batch each, over batches in turn. Run
 * with {@code -prof gc}: {@code gc.alloc.rate.norm} is 0 after warm-up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class GroupEvaluationBenchmark {
    private static final int BATCHES = 64;

    /** The cost model's name. */
    @Param({"roofline", "fitted"})
    public String costModel = "roofline";

    /** Pipeline stages of two GPUs each. */
    @Param({"1", "4"})
    public int stages = 1;

    private PreparedGroup[] phases = {};
    private int batch = 1;

    /** For JMH. */
    public GroupEvaluationBenchmark() {}

    /** Looks the group's times up. */
    @Setup(Level.Trial)
    public void prepare() {
        PlanningProblem problem = PlanningProblem.of(
                Clusters.mixed20(),
                Catalogue.findModel("llama-2-70b").orElseThrow().value(),
                Catalogue.findWorkload("HPLD").orElseThrow().value());
        GroupEvaluator evaluator = new GroupEvaluator(
                problem, Strategies.named(CostModelFactory.class, costModel).create(problem));
        int layers = problem.model().layers() / stages;
        List<KvTraffic.Holder> holders = java.util.stream.IntStream.range(0, stages)
                .mapToObj(i -> new KvTraffic.Holder(new int[] {2 * i, 2 * i + 1}, i * layers, layers))
                .toList();
        phases =
                new PreparedGroup[] {evaluator.prepare(Phase.PREFILL, holders), evaluator.prepare(Phase.DECODE, holders)
                };
    }

    /** Prefill and decode. */
    @Benchmark
    public double evaluate() {
        batch = batch % BATCHES + 1;
        return phases[0].requestsPerSecond(batch) + phases[1].requestsPerSecond(batch);
    }
}
