package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.PlannerContract;

/** Every registered planner runs the contract. */
class PlannerContractCoverageTest {
    private static final List<PlannerContract> CONTRACTS = List.of(
            new PartiflowPlannerTest(),
            new HexGen2PlannerTest(),
            new ColocatedPlannerTest(),
            new ExhaustivePlannerTest(),
            new PatternIlpPlannerTest(),
            new DistServePlannerTest(),
            new VllmUniformPlannerTest(),
            new HexGenGaPlannerTest(),
            new HexGen2GaPlannerTest(),
            new HelixPlannerTest());

    @Test
    void everyRegisteredPlannerIsCovered() throws Exception {
        java.lang.reflect.Method planner = PlannerContract.class.getDeclaredMethod("planner");
        planner.setAccessible(true);
        List<String> covered = new java.util.ArrayList<>();
        for (PlannerContract contract : CONTRACTS) {
            covered.add(((Planner) planner.invoke(contract)).name());
        }
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(Strategies.all(Planner.class).stream()
                        .map(Planner::name)
                        .toList());
    }
}
