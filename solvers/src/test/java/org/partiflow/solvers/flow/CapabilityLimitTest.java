package org.partiflow.solvers.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.solvers.jgrapht.JgraphtMaxFlowSolver;
import org.partiflow.solvers.ojalgo.OjAlgoMaxFlowSolver;

class CapabilityLimitTest {
    @Test
    void backendsRefuseWhatTheyCannotComputeExactly() {
        FlowNetwork.Builder network = FlowNetwork.builder(2, 0, 1);
        for (int arc = 0; arc < 1 << 15; arc++) {
            network.addArc(0, 1, FlowNetwork.MAX_CAPACITY);
        }
        FlowNetwork large = network.build();
        assertThatThrownBy(() -> new JgraphtMaxFlowSolver().solve(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2^53");
        assertThatThrownBy(() -> new OjAlgoMaxFlowSolver().solve(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("push-relabel");
        assertThat(new PushRelabelSolver().solve(large).value()).isEqualTo(FlowNetwork.MAX_CAPACITY << 15);
    }

    @Test
    void aFlowThatIsNotMaximalIsRefused() {
        FlowNetwork.Builder network = FlowNetwork.builder(2, 0, 1);
        network.addArc(0, 1, 5);
        assertThatThrownBy(() -> CertifiedFlow.of("broken", network.build(), new long[] {4}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broken");
    }
}
