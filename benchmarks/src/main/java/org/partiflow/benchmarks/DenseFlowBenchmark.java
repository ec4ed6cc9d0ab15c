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
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.solvers.flow.BipartiteFlow;
import org.partiflow.testkit.FlowNetworks;

/** {@link BipartiteFlow} on its own: a cold solve, repairs after changes of the kinds that moves make, an undo. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 9, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class DenseFlowBenchmark {
    /** Prefill groups, and as many decode groups. */
    @Param({"8", "64", "512"})
    public int side = 64;

    /** How the links bind. */
    @Param({"LOOSE", "MIXED", "TIGHT"})
    public FlowNetworks.Regime regime = FlowNetworks.Regime.LOOSE;

    private final Random random = new Random(7);
    private BipartiteFlow flow = new BipartiteFlow(1, 1);
    /** Capacities of another network of the same kind, from which changed ones are taken. */
    private long[] supply = new long[1];

    private long[] demand = new long[1];
    private long[] link = new long[1];

    /** For JMH. */
    public DenseFlowBenchmark() {}

    /** Makes the networks. */
    @Setup(Level.Trial)
    public void prepare() {
        flow = dense(42);
        dense(43);
        flow.maximise();
    }

    /** Solve only, from no flow; the arrays are reused. */
    @Benchmark
    public long cold() {
        flow.clear();
        return flow.maximise();
    }

    /** One supply changes. */
    @Benchmark
    public long repairSupply() {
        int at = random.nextInt(side);
        flow.setSupply(at, supply[like(at)]);
        return flow.maximise();
    }

    /** One link changes. */
    @Benchmark
    public long repairLink() {
        int i = random.nextInt(side);
        int j = random.nextInt(side);
        flow.setLink(i, j, link[like(i) * side + j]);
        return flow.maximise();
    }

    /** A swap of two GPUs between a prefill and a decode group: their rates and all their links change. */
    @Benchmark
    public long repairSwap() {
        int i = random.nextInt(side);
        int j = random.nextInt(side);
        int likeI = like(i);
        int likeJ = like(j);
        flow.setSupply(i, supply[likeI]);
        flow.setDemand(j, demand[likeJ]);
        for (int k = 0; k < side; k++) {
            flow.setLink(i, k, link[likeI * side + k]);
            flow.setLink(k, j, link[k * side + likeJ]);
        }
        return flow.maximise();
    }

    /** A link's change is tried and taken back. */
    @Benchmark
    public long rejectedMove() {
        int i = random.nextInt(side);
        int j = random.nextInt(side);
        flow.mark();
        flow.setLink(i, j, flow.flow(i, j) / 2);
        long value = flow.maximise();
        flow.rollback();
        return value;
    }

    /** Any vertex of the same zone. */
    private int like(int at) {
        int zone = side / 4;
        return at / zone * zone + random.nextInt(zone);
    }

    private BipartiteFlow dense(long seed) {
        FlowNetwork network = FlowNetworks.bipartite(side, side, regime, seed);
        supply = new long[side];
        demand = new long[side];
        link = new long[side * side];
        for (int arc = 0; arc < network.arcs(); arc++) {
            if (arc < side) {
                supply[arc] = network.capacity(arc);
            } else if (arc < side + link.length) {
                link[arc - side] = network.capacity(arc);
            } else {
                demand[arc - side - link.length] = network.capacity(arc);
            }
        }
        return new BipartiteFlow(supply.clone(), demand.clone(), link.clone());
    }
}
