package org.partiflow.solvers.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.flow.FlowCertificate;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.testkit.FlowNetworks;

class PushRelabelScaleTest {
    @ParameterizedTest
    @CsvSource({"64, LOOSE", "64, MIXED", "64, TIGHT", "256, LOOSE", "256, MIXED", "256, TIGHT"})
    void isProvenOnLargeBipartiteNetworks(int side, FlowNetworks.Regime regime) {
        proven(FlowNetworks.bipartite(side, side + 3, regime, 1));
    }

    @ParameterizedTest
    @CsvSource({"2000, 2, 100", "2000, 5, 1000000", "500, 30, 3"})
    void isProvenOnLargeRandomNetworks(int vertices, int degree, long capacity) {
        for (int seed = 0; seed < 20; seed++) {
            proven(FlowNetworks.random(vertices, degree, capacity, seed));
        }
    }

    private static void proven(FlowNetwork network) {
        MaxFlow flow = new PushRelabelSolver().solve(network);
        assertThat(FlowCertificate.violations(network, flow)).isEmpty();
    }
}
