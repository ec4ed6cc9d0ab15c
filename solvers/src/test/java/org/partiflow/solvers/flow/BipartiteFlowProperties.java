package org.partiflow.solvers.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.flow.FlowCertificate;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.testkit.FlowNetworks;

class BipartiteFlowProperties {
    /** Warm after any changes equals cold, in value and cut, and is proven by the certificate. */
    @Property(tries = 150, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void warmEqualsCold(
            @ForAll @IntRange(min = 1, max = 12) int left,
            @ForAll @IntRange(min = 1, max = 12) int right,
            @ForAll FlowNetworks.Regime regime,
            @ForAll long seed) {
        follow(left, right, regime, seed, 12);
    }

    /** The same across several words of a bit set. */
    @Property(tries = 8, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void warmEqualsColdOnLargeSides(
            @ForAll @IntRange(min = 60, max = 140) int left,
            @ForAll @IntRange(min = 60, max = 140) int right,
            @ForAll FlowNetworks.Regime regime,
            @ForAll long seed) {
        follow(left, right, regime, seed, 6);
    }

    @Property(tries = 150, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void rollbackRestoresFlowAndCapacities(
            @ForAll @IntRange(min = 1, max = 9) int left,
            @ForAll @IntRange(min = 1, max = 9) int right,
            @ForAll FlowNetworks.Regime regime,
            @ForAll long seed) {
        Random random = new Random(seed);
        Dense dense = new Dense(left, right, regime, random.nextLong());
        dense.flow.mark();
        long[] before = dense.flow.flow.clone();
        long[] capacity = dense.flow.capacity.clone();
        long value = dense.flow.value();
        for (int change = 0; change < 6; change++) {
            dense.change(random);
            if (random.nextBoolean()) {
                dense.flow.maximise();
            }
        }
        dense.flow.rollback();
        assertThat(dense.flow.maximise()).isEqualTo(value);
        assertThat(dense.flow.flow).isEqualTo(before);
        assertThat(dense.flow.capacity).isEqualTo(capacity);
        assertThat(FlowCertificate.violations(dense.network(), dense.result())).isEmpty();
        dense.change(random);
        dense.flow.maximise();
        assertThat(FlowCertificate.violations(dense.network(), dense.result())).isEmpty();
    }

    /** Plain and split three-layer networks are recognised, and yield the cut of the general algorithm. */
    @Property(tries = 100, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void groupsAreRecognised(
            @ForAll @IntRange(min = 2, max = 9) int left,
            @ForAll @IntRange(min = 2, max = 9) int right,
            @ForAll FlowNetworks.Regime regime,
            @ForAll long seed) {
        FlowNetwork plain = FlowNetworks.bipartite(left, right, regime, seed);
        requireSame(ThreeLayers.solve(plain), PushRelabel.solve(plain));
        FlowNetwork split = FlowNetworks.split(plain, 1_200_000);
        requireSame(SplitGroups.solve(split), PushRelabel.solve(split));
        assertThat(ThreeLayers.solve(split)).isNull();
    }

    private static void requireSame(@Nullable MaxFlow special, MaxFlow general) {
        assertThat(special).isNotNull();
        assertThat(special.value()).isEqualTo(general.value());
        assertThat(special.sourceSide()).isEqualTo(general.sourceSide());
    }

    private static void follow(int left, int right, FlowNetworks.Regime regime, long seed, int changes) {
        Random random = new Random(seed);
        Dense dense = new Dense(left, right, regime, random.nextLong());
        for (int change = 0; change < changes; change++) {
            dense.flow.maximise();
            FlowNetwork network = dense.network();
            MaxFlow warm = dense.result();
            assertThat(FlowCertificate.violations(network, warm)).isEmpty();
            MaxFlow cold = PushRelabel.solve(network);
            assertThat(warm.value()).isEqualTo(cold.value());
            assertThat(warm.sourceSide()).isEqualTo(cold.sourceSide());
            for (int k = random.nextInt(4); k >= 0; k--) {
                dense.change(random);
            }
        }
    }

    /** A dense flow and the network that it stands for: source 0, left, right, sink. */
    private static final class Dense {
        final BipartiteFlow flow;

        Dense(int left, int right, FlowNetworks.Regime regime, long seed) {
            FlowNetwork network = FlowNetworks.bipartite(left, right, regime, seed);
            long[] supply = new long[left];
            long[] demand = new long[right];
            long[] link = new long[left * right];
            for (int arc = 0; arc < network.arcs(); arc++) {
                if (arc < left) {
                    supply[arc] = network.capacity(arc);
                } else if (arc < left + link.length) {
                    link[arc - left] = network.capacity(arc);
                } else {
                    demand[arc - left - link.length] = network.capacity(arc);
                }
            }
            flow = new BipartiteFlow(supply, demand, link);
        }

        void change(Random random) {
            int i = random.nextInt(flow.left());
            int j = random.nextInt(flow.right());
            long amount = random.nextInt(4) == 0 ? 0 : random.nextInt(2_000_000);
            switch (random.nextInt(4)) {
                case 0 -> flow.setSupply(i, amount);
                case 1 -> flow.setDemand(j, amount);
                case 2 -> flow.setLink(i, j, amount);
                default -> {
                    for (int k = 0; k < flow.right(); k++) {
                        flow.setLink(i, k, random.nextInt(400_000));
                    }
                    for (int k = 0; k < flow.left(); k++) {
                        flow.setLink(k, j, random.nextInt(400_000));
                    }
                }
            }
        }

        FlowNetwork network() {
            int left = flow.left();
            int right = flow.right();
            FlowNetwork.Builder network = FlowNetwork.builder(left + right + 2, 0, left + right + 1);
            for (int i = 0; i < left; i++) {
                network.addArc(0, 1 + i, flow.supply[i]);
            }
            for (int i = 0; i < left; i++) {
                for (int j = 0; j < right; j++) {
                    network.addArc(1 + i, 1 + left + j, flow.capacity[i * right + j]);
                }
            }
            for (int j = 0; j < right; j++) {
                network.addArc(1 + left + j, left + right + 1, flow.demand[j]);
            }
            return network.build();
        }

        MaxFlow result() {
            int left = flow.left();
            int right = flow.right();
            long[] arcFlow = new long[left + left * right + right];
            boolean[] side = new boolean[left + right + 2];
            side[0] = true;
            System.arraycopy(flow.sourceSide(), 0, side, 1, left + right);
            for (int i = 0; i < left; i++) {
                arcFlow[i] = flow.leftFlow(i);
                for (int j = 0; j < right; j++) {
                    arcFlow[left + i * right + j] = flow.flow(i, j);
                }
            }
            for (int j = 0; j < right; j++) {
                arcFlow[left + left * right + j] = flow.rightFlow(j);
            }
            return new MaxFlow(flow.value(), arcFlow, side);
        }
    }
}
