package org.partiflow.benchmarks;

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
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.FlowNetworks;

/**
 * Whole max flow calls on three-layer networks: conversion of the network, solve, arc flows and cut. One run compares all
 * backends on the same networks. {@link DenseFlowBenchmark} has solving alone and repairs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 9, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class MaxFlowBenchmark {
    /** The solver's name. */
    @Param({"push-relabel", "ortools", "jgrapht", "jgrapht-dinic", "ojalgo"})
    public String solver = "push-relabel";

    /** Prefill groups, and as many decode groups. */
    @Param({"8", "64", "512"})
    public int side = 8;

    /** How the links bind. */
    @Param({"LOOSE", "MIXED", "TIGHT"})
    public FlowNetworks.Regime regime = FlowNetworks.Regime.LOOSE;

    private MaxFlowSolver backend = Strategies.named(MaxFlowSolver.class, "push-relabel");
    private FlowNetwork network = FlowNetworks.bipartite(1, 1, FlowNetworks.Regime.LOOSE, 0);

    /** For JMH. */
    public MaxFlowBenchmark() {}

    /** Finds the backend and makes the network. */
    @Setup(Level.Trial)
    public void prepare() {
        backend = Strategies.named(MaxFlowSolver.class, solver);
        network = FlowNetworks.bipartite(side, side, regime, 42);
    }

    /** One call. */
    @Benchmark
    public MaxFlow solve() {
        return backend.solve(network);
    }
}
