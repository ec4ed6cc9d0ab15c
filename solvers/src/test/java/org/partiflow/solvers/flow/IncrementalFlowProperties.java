package org.partiflow.solvers.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.flow.FlowCertificate;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.testkit.FlowNetworks;

class IncrementalFlowProperties {
    @Property(tries = 400, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void warmEqualsCold(
            @ForAll @IntRange(min = 2, max = 14) int vertices,
            @ForAll @IntRange(min = 1, max = 6) int degree,
            @ForAll long seed) {
        Random random = new Random(seed);
        FlowNetwork network = FlowNetworks.random(vertices, degree, 1000, random.nextLong());
        IncrementalFlow flow = new IncrementalFlow(network);
        for (int change = 0; change < 10; change++) {
            requireEqualToCold(flow, network);
            for (int k = random.nextInt(4); k >= 0; k--) {
                flow.setCapacity(random.nextInt(network.arcs()), random.nextInt(3) == 0 ? 0 : random.nextInt(1500));
            }
        }
    }

    @Property(tries = 200, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void rollbackRestoresFlowAndCapacities(@ForAll @IntRange(min = 2, max = 14) int vertices, @ForAll long seed) {
        Random random = new Random(seed);
        FlowNetwork network = FlowNetworks.random(vertices, 4, 1000, random.nextLong());
        IncrementalFlow flow = new IncrementalFlow(network);
        flow.mark();
        MaxFlow before = flow.maximise();
        for (int k = 0; k < 5; k++) {
            flow.setCapacity(random.nextInt(network.arcs()), random.nextInt(1500));
            if (random.nextBoolean()) {
                flow.maximise();
            }
        }
        flow.rollback();
        assertThat(flow.maximise().arcFlow()).isEqualTo(before.arcFlow());
        assertThat(flow.maximise().sourceSide()).isEqualTo(before.sourceSide());
        requireEqualToCold(flow, network);
    }

    @Example
    void rollbackNeedsAMark() {
        IncrementalFlow flow = new IncrementalFlow(FlowNetworks.random(4, 2, 9, 1));
        assertThatThrownBy(flow::rollback).isInstanceOf(IllegalStateException.class);
        BipartiteFlow dense = new BipartiteFlow(2, 2);
        assertThatThrownBy(dense::rollback).isInstanceOf(IllegalStateException.class);
    }

    @Example
    void capacitiesOutOfRangeAreRefused() {
        IncrementalFlow flow = new IncrementalFlow(FlowNetworks.random(4, 2, 9, 1));
        assertThatThrownBy(() -> flow.setCapacity(0, -1)).isInstanceOf(IllegalArgumentException.class);
        BipartiteFlow dense = new BipartiteFlow(2, 2);
        assertThatThrownBy(() -> dense.setLink(0, 0, FlowNetwork.MAX_CAPACITY + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BipartiteFlow(new long[2], new long[2], new long[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 4 links");
    }

    private static void requireEqualToCold(IncrementalFlow flow, FlowNetwork network) {
        FlowNetwork.Builder now = FlowNetwork.builder(network.vertices(), network.source(), network.sink());
        for (int arc = 0; arc < network.arcs(); arc++) {
            now.addArc(network.from(arc), network.to(arc), flow.capacity(arc));
        }
        FlowNetwork changed = now.build();
        MaxFlow warm = flow.maximise();
        assertThat(FlowCertificate.violations(changed, warm)).isEmpty();
        MaxFlow cold = PushRelabel.solve(changed);
        assertThat(warm.value()).isEqualTo(cold.value());
        assertThat(warm.sourceSide()).isEqualTo(cold.sourceSide());
    }
}
