package org.partiflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import org.partiflow.api.flow.FlowCertificate;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.spi.MaxFlowSolver;

/** What every {@link MaxFlowSolver} must do. Each implementation has a test that extends it. */
public abstract class MaxFlowSolverContract {
    /** For subclasses. */
    protected MaxFlowSolverContract() {}

    /** The solver under test. */
    protected abstract MaxFlowSolver solver();

    /** The largest capacity it accepts; {@link FlowNetwork#MAX_CAPACITY} unless it declares a limit. */
    protected long largestCapacity() {
        return FlowNetwork.MAX_CAPACITY;
    }

    @Property(tries = 200, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void isProvenOnThreeLayers(@ForAll("threeLayers") FlowNetwork network) {
        proven(network);
    }

    @Property(tries = 100, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void isProvenOnSplitGroups(
            @ForAll("threeLayers") FlowNetwork network, @ForAll @LongRange(min = 1, max = 3_000_000) long through) {
        long whole = proven(FlowNetworks.split(network, 4_000_000)).value();
        assertThat(whole).isEqualTo(proven(network).value());
        assertThat(proven(FlowNetworks.split(network, through)).value()).isLessThanOrEqualTo(whole);
    }

    @Property(tries = 300, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void isProvenOnAnyNetwork(@ForAll("networks") FlowNetwork network) {
        proven(network);
    }

    @Property(tries = 200, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void equalsTheLeastCut(@ForAll("tiny") FlowNetwork network) {
        assertThat(proven(network).value()).isEqualTo(FlowNetworks.leastCut(network));
    }

    @Property(tries = 50, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void doublesWithTheCapacities(@ForAll("networks") FlowNetwork network) {
        FlowNetwork twice = FlowNetworks.doubled(network);
        assertThat(proven(twice).value()).isEqualTo(2 * proven(network).value());
    }

    @Property(tries = 50, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void givesTheSameResultTwice(@ForAll("threeLayers") FlowNetwork network) {
        MaxFlow first = solver().solve(network);
        MaxFlow second = solver().solve(network);
        assertThat(second.arcFlow()).isEqualTo(first.arcFlow());
        assertThat(second.sourceSide()).isEqualTo(first.sourceSide());
    }

    @Example
    void givesZeroWhereNoPathLeads() {
        assertThat(proven(FlowNetwork.builder(2, 0, 1).build()).value()).isZero();
        FlowNetwork.Builder network = FlowNetwork.builder(5, 4, 0);
        network.addArc(4, 3, 7);
        network.addArc(3, 4, 7);
        network.addArc(1, 0, 7);
        network.addArc(2, 1, 7);
        assertThat(proven(network.build()).value()).isZero();
    }

    @Example
    void addsParallelArcs() {
        FlowNetwork.Builder network = FlowNetwork.builder(3, 0, 2);
        network.addArc(0, 1, 3);
        network.addArc(0, 1, 4);
        network.addArc(1, 2, 5);
        network.addArc(1, 2, 1);
        network.addArc(0, 2, 2);
        network.addArc(0, 2, 2);
        assertThat(proven(network.build()).value()).isEqualTo(10);
    }

    @Example
    void sumsParallelArcsOfThreeLayers() {
        FlowNetwork.Builder network = FlowNetwork.builder(6, 0, 5);
        for (int copy = 1; copy <= 3; copy++) {
            for (int p = 1; p <= 2; p++) {
                network.addArc(0, p, 10L * copy);
                network.addArc(p, 3, copy);
                network.addArc(p, 4, 2L * copy);
            }
            network.addArc(3, 5, 2);
            network.addArc(4, 5, 100);
        }
        network.addArc(0, 5, 7);
        network.addArc(3, 0, 9);
        assertThat(proven(network.build()).value()).isEqualTo(6 + 24 + 7);
    }

    @Example
    void givesZeroBetweenDisconnectedLayers() {
        FlowNetwork.Builder network = FlowNetwork.builder(6, 0, 5);
        network.addArc(0, 1, 5);
        network.addArc(0, 2, 5);
        network.addArc(3, 5, 5);
        network.addArc(4, 5, 5);
        network.addArc(1, 3, 0);
        assertThat(proven(network.build()).value()).isZero();
    }

    @Example
    void agreesOnDifferentNetworksFromManyThreads() {
        MaxFlowSolver shared = solver();
        List<FlowNetwork> networks = IntStream.range(0, 24)
                .mapToObj(i -> FlowNetworks.bipartite(2 + i % 5, 2 + i % 7, FlowNetworks.Regime.values()[i % 3], i))
                .toList();
        List<Long> alone = networks.stream().map(n -> shared.solve(n).value()).toList();
        List<Long> together =
                networks.parallelStream().map(n -> shared.solve(n).value()).toList();
        assertThat(together).isEqualTo(alone);
    }

    @Example
    void ignoresArcsIntoTheSourceOutOfTheSinkLoopsAndZeros() {
        FlowNetwork.Builder network = FlowNetwork.builder(3, 0, 2);
        network.addArc(0, 0, 9);
        network.addArc(1, 0, 9);
        network.addArc(1, 1, 9);
        network.addArc(2, 1, 9);
        network.addArc(2, 0, 9);
        network.addArc(2, 2, 9);
        network.addArc(0, 2, 0);
        network.addArc(0, 1, 4);
        network.addArc(1, 2, 3);
        assertThat(proven(network.build()).value()).isEqualTo(3);
    }

    @Example
    void survivesTheLargestCapacities() {
        long most = largestCapacity();
        FlowNetwork.Builder network = FlowNetwork.builder(6, 0, 5);
        for (int v = 1; v <= 4; v++) {
            network.addArc(0, v, most);
            network.addArc(v, 5, most - v);
            network.addArc(v, 1 + v % 4, most);
        }
        assertThat(proven(network.build()).value()).isEqualTo(4 * most - 10);
    }

    @Example
    void agreesWithItselfFromManyThreads() {
        FlowNetwork network = FlowNetworks.bipartite(8, 8, FlowNetworks.Regime.MIXED, 5);
        MaxFlowSolver shared = solver();
        long[] alone = shared.solve(network).arcFlow();
        List<long[]> together = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> shared.solve(network).arcFlow())
                .toList();
        assertThat(together).allSatisfy(flow -> assertThat(flow).isEqualTo(alone));
    }

    @Example
    void hasANameAndADescription() {
        assertThat(solver().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(solver().description()).isNotBlank();
    }

    /** Three-layer networks. */
    @Provide
    protected Arbitrary<FlowNetwork> threeLayers() {
        return FlowNetworks.anyBipartite();
    }

    /** Networks of up to 25 vertices. */
    @Provide
    protected Arbitrary<FlowNetwork> networks() {
        return FlowNetworks.anyNetwork(25, largestCapacity() / 2);
    }

    /** Networks of up to 9 vertices. */
    @Provide
    protected Arbitrary<FlowNetwork> tiny() {
        return FlowNetworks.anyNetwork(9, largestCapacity());
    }

    private MaxFlow proven(FlowNetwork network) {
        MaxFlow flow = solver().solve(network);
        assertThat(FlowCertificate.violations(network, flow)).isEmpty();
        return flow;
    }
}
