package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.workload.Arrivals;

class SimulationOptionsTest {
    private static SimulationResult run(ServingPlan plan, SimulationOptions options) {
        return Fixtures.run(Fixtures.problem(Fixtures.workload(10, 5, Arrivals.poisson(7))), plan, options);
    }

    @Test
    void defaultsAreThese() {
        assertThat(SimulationOptions.DEFAULT)
                .isEqualTo(new SimulationOptions(
                        new OfferedLoad.AsGiven(),
                        new Extent(10_000, Double.POSITIVE_INFINITY),
                        42,
                        1,
                        0.1,
                        true,
                        0,
                        Behaviour.DEFAULT));
        assertThat(GoodputSearch.DEFAULT).isEqualTo(new GoodputSearch(0.02, 40));
    }

    @Test
    void aSaturatingLoadIsOneAndAHalfTimesThePlan() {
        ServingPlan plan = Fixtures.plan(4, List.of(Fixtures.group("c0", Phase.COLOCATED, 4, 1000, "n0/0")), List.of());
        RequestRecords records = run(plan, Fixtures.requests(60_000).withLoad(OfferedLoad.saturating()))
                .records();
        assertThat(60_000 / records.arrivalSeconds(59_999)).isBetween(5.9, 6.1);
    }

    @Test
    void aDurationEndsTheArrivals() {
        RequestRecords records = run(
                        Fixtures.single(Phase.COLOCATED, 4, 1000),
                        SimulationOptions.DEFAULT.withExtent(Extent.ofSeconds(100)))
                .records();
        assertThat(records.size()).isBetween(600, 800);
        assertThat(records.arrivalSeconds(records.size() - 1)).isLessThan(100);
    }

    @Test
    void messagesNameTheFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(
                        Fixtures.plan(1, List.of(Fixtures.group("c0", Phase.COLOCATED, 1, 10, "x/0")), List.of()),
                        SimulationOptions.DEFAULT))
                .withMessageContaining("'x/0'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(
                        Fixtures.plan(
                                1,
                                List.of(Fixtures.group("p0", Phase.PREFILL, 1, 10, "n0/0")),
                                List.of(Fixtures.route("p0", "d9", 1))),
                        SimulationOptions.DEFAULT))
                .withMessageContaining("'d9'");
        assertThatIllegalArgumentException().isThrownBy(() -> OfferedLoad.atRate(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Extent.ofRequests(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulationOptions.DEFAULT.withSloScale(0));
    }

    @Test
    void aNodeLocalHandOffUsesTheGpuPorts() {
        ServingPlan plan = Fixtures.plan(
                1,
                List.of(
                        Fixtures.group("p0", Phase.PREFILL, 1, 1000, "n0/0"),
                        Fixtures.group("d0", Phase.DECODE, 1, 1000, "n0/1")),
                List.of(Fixtures.route("p0", "d0", 1)));
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(10, 5, Arrivals.poisson(7)), KvProtocol.Schedule.PER_LAYER, 100),
                plan,
                Fixtures.requests(100));
        assertThat(result.report().links()).extracting(use -> use.id()).containsExactly("n0/0/out", "n0/1/in");
    }
}
