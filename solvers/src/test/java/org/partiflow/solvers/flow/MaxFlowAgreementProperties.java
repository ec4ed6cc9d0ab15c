package org.partiflow.solvers.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.FlowNetworks;

class MaxFlowAgreementProperties {
    private static final List<MaxFlowSolver> SOLVERS = Strategies.all(MaxFlowSolver.class).stream()
            .filter(solver -> solver.unavailable().isEmpty())
            .toList();

    @Property(tries = 300, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void allSolversAgree(@ForAll("networks") FlowNetwork network) {
        long expected = new PushRelabelSolver().solve(network).value();
        for (MaxFlowSolver solver : SOLVERS) {
            assertThat(solver.solve(network).value()).as(solver.name()).isEqualTo(expected);
        }
    }

    @Property(tries = 300, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void allSolversAgreeOnThreeLayers(@ForAll("threeLayers") FlowNetwork network) {
        allSolversAgree(network);
    }

    @Provide
    Arbitrary<FlowNetwork> networks() {
        return FlowNetworks.anyNetwork(20, 1 << 20);
    }

    @Provide
    Arbitrary<FlowNetwork> threeLayers() {
        return FlowNetworks.anyBipartite();
    }
}
