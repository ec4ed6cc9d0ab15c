package org.partiflow.api.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FlowCertificateTest {
    /** Source 0, sink 3; 0-1 5, 1-3 3, 0-2 2, 2-3 4: max flow 5. */
    private static FlowNetwork network() {
        FlowNetwork.Builder builder = FlowNetwork.builder(4, 0, 3);
        builder.addArc(0, 1, 5);
        builder.addArc(1, 3, 3);
        builder.addArc(0, 2, 2);
        builder.addArc(2, 3, 4);
        return builder.build();
    }

    private static final boolean[] CUT = {true, true, false, false};

    @Test
    void aMaximalFlowWithItsCutIsProven() {
        MaxFlow flow = new MaxFlow(5, new long[] {3, 3, 2, 2}, CUT);
        assertThat(FlowCertificate.violations(network(), flow)).isEmpty();
    }

    @Test
    void everyFlawIsNoticed() {
        assertThat(FlowCertificate.violations(network(), new MaxFlow(6, new long[] {4, 4, 2, 2}, CUT)))
                .anyMatch(v -> v.contains("carries 4 of 3"));
        assertThat(FlowCertificate.violations(network(), new MaxFlow(5, new long[] {3, 3, 2, 1}, CUT)))
                .anyMatch(v -> v.contains("does not conserve"));
        assertThat(FlowCertificate.violations(network(), new MaxFlow(4, new long[] {3, 3, 1, 1}, CUT)))
                .anyMatch(v -> v.contains("the cut has capacity 5, not 4"));
        assertThat(FlowCertificate.violations(
                        network(), new MaxFlow(5, new long[] {3, 3, 2, 2}, new boolean[] {true, true, true, true})))
                .anyMatch(v -> v.contains("does not separate"));
        assertThat(FlowCertificate.violations(network(), new MaxFlow(5, new long[] {-3, -3, 2, 2}, CUT)))
                .isNotEmpty();
        assertThat(FlowCertificate.violations(network(), new MaxFlow(5, new long[] {3}, CUT)))
                .containsExactly("the result has another size than the network");
    }

    @Test
    void brokenNetworksAreRefused() {
        assertThatThrownBy(() -> FlowNetwork.builder(2, 0, 0)).hasMessageContaining("must be two");
        FlowNetwork.Builder builder = FlowNetwork.builder(2, 0, 1);
        assertThatThrownBy(() -> builder.addArc(0, 2, 1)).hasMessageContaining("leaves the network");
        assertThatThrownBy(() -> builder.addArc(0, 1, -5)).hasMessageContaining("capacity -5");
        assertThatThrownBy(() -> builder.addArc(0, 1, FlowNetwork.MAX_CAPACITY + 1))
                .hasMessageContaining("is not in [0");
    }
}
