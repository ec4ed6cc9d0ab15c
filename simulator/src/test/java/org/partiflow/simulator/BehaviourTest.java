package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.KvTransport;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.workload.Arrivals;

class BehaviourTest {
    private static final double PREFILL = 4 * (1e-3 + 1e-5 * 100);

    private static SimulationResult run(ServingPlan plan, Arrivals arrivals, Behaviour behaviour, int requests) {
        return Fixtures.run(
                Fixtures.problem(Fixtures.workload(100, 1, arrivals)),
                plan,
                Fixtures.requests(requests).withBehaviour(behaviour));
    }

    private static Behaviour disturbed(String target, double from, double until, double speed) {
        return Behaviour.DEFAULT
                .withOnFailure(FaultPolicy.WAIT)
                .withDisturbances(List.of(new Disturbance(target, from, until, speed)));
    }

    @Test
    void workWaitsForAnOutageToEnd() {
        ServingPlan plan = Fixtures.single(Phase.PREFILL, 1, 1000);
        RequestRecords records =
                run(plan, Fixtures.at(1.0), disturbed("n0/0", 0.5, 3, 0), 1).records();
        assertThat(records.timeToFirstTokenSeconds(0)).isCloseTo(2 + PREFILL, within(1e-9));
    }

    @Test
    void aPassThatAnOutageInterruptsGoesOnAfterwards() {
        ServingPlan plan = Fixtures.single(Phase.PREFILL, 1, 1000);
        RequestRecords records = run(plan, Fixtures.at(1.0), disturbed("n0", 1 + PREFILL / 2, 3, 0), 1)
                .records();
        assertThat(records.timeToFirstTokenSeconds(0)).isCloseTo(2 + PREFILL / 2, within(1e-9));
    }

    @Test
    void aPassThatAnOutageInterruptsStartsAgainWhereRequestsAreRetried() {
        ServingPlan plan = Fixtures.single(Phase.PREFILL, 1, 1000);
        Behaviour retried = disturbed("n0", 1 + PREFILL / 2, 3, 0).withOnFailure(FaultPolicy.RETRY);
        SimulationResult result = run(plan, Fixtures.at(1.0), retried, 1);
        assertThat(result.records().timeToFirstTokenSeconds(0)).isCloseTo(2 + PREFILL, within(1e-9));
        assertThat(result.report().requests().retries()).isEqualTo(1);
    }

    @Test
    void aRetriedRequestTakesAnotherGroupAtOnce() {
        Behaviour retried = disturbed("n0", 1 + PREFILL / 2, 300, 0).withOnFailure(FaultPolicy.RETRY);
        RequestRecords records = run(twoGroups(), Fixtures.at(1.0), retried, 1).records();
        assertThat(records.timeToFirstTokenSeconds(0)).isCloseTo(1.5 * PREFILL, within(1e-9));
    }

    @Test
    void whatIsInAFailedGroupIsLostAndWhatWaitsIsNot() {
        Behaviour lost = Behaviour.DEFAULT
                .withOnFailure(FaultPolicy.LOSE)
                .withDisturbances(List.of(new Disturbance("n0", 1 + PREFILL / 2, Double.POSITIVE_INFINITY, 0)));
        RequestRecords records =
                run(twoGroups(), Fixtures.at(1.0, 1.0, 1.0, 1.0), lost, 4).records();
        assertThat(List.of(records.outcome(0), records.outcome(1), records.outcome(2), records.outcome(3)))
                .containsOnlyOnce(RequestRecords.Outcome.LOST)
                .doesNotContain(RequestRecords.Outcome.UNFINISHED, RequestRecords.Outcome.REJECTED);
    }

    @Test
    void aCacheOnAFailedLinkIsSentAgain() {
        double wire = 100 * 4 * 2.0 * 1024 * 2 / (10e9 * KvTransport.RDMA_GDR.efficiency());
        double end = 1 + PREFILL + 1e-4;
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(100, 2, Fixtures.at(1.0))),
                Fixtures.disaggregated(1, 1, 1000, 1000),
                Fixtures.requests(1)
                        .withBehaviour(disturbed("n1/nic-in", end + wire / 2, end + 5, 0)
                                .withOnFailure(FaultPolicy.RETRY)));
        assertThat(result.report().requests().retries()).isEqualTo(1);
        assertThat(result.records().kvTransferVisibleSeconds(0))
                .isCloseTo(5 + wire + KvTransport.RDMA_GDR.baseSeconds(), within(1e-3));
    }

    @Test
    void aSlowGpuTakesLonger() {
        ServingPlan plan = Fixtures.single(Phase.PREFILL, 1, 1000);
        RequestRecords records = run(plan, Fixtures.at(1.0), disturbed("n0/0", 0, Double.POSITIVE_INFINITY, 0.25), 1)
                .records();
        assertThat(records.timeToFirstTokenSeconds(0)).isCloseTo(4 * PREFILL, within(1e-9));
    }

    @Test
    void everyRequestIsAccountedForWhenALinkFails() {
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(100, 5, Arrivals.poisson(20))),
                Fixtures.disaggregated(4, 8, 10_000, 10_000),
                Fixtures.requests(200).withBehaviour(disturbed("n0/nic-out", 2, 50, 0)));
        assertThat(result.report().requests().completed()).isEqualTo(200);
        assertThat(result.report().latency().kvTransferSeconds().p99()).isGreaterThan(30);
    }

    @Test
    void newRequestsAvoidAGroupThatIsDown() {
        RequestRecords records = run(
                        twoGroups(),
                        new Arrivals(Arrivals.Process.CONSTANT, 10, 1, List.of()),
                        disturbed("n0/0", 0, 1000, 0),
                        100)
                .records();
        for (int i = 0; i < 100; i++) {
            assertThat(records.endToEndSeconds(i)).isLessThan(1);
        }
    }

    @Test
    void leastLoadedRoutingShortensQueuesOfUnequalGroups() {
        Behaviour slow = disturbed("n0/0", 0, Double.POSITIVE_INFINITY, 0.5);
        double planned = meanWait(slow);
        assertThat(meanWait(slow.withRouting(Routing.LEAST_LOADED))).isLessThan(planned);
        assertThat(meanWait(slow.withRouting(Routing.KV_AWARE))).isLessThan(planned);
    }

    private static double meanWait(Behaviour behaviour) {
        return run(twoGroups(), Arrivals.poisson(1 / PREFILL), behaviour, 5000)
                .report()
                .latency()
                .timeToFirstTokenSeconds()
                .mean();
    }

    private static ServingPlan twoGroups() {
        return Fixtures.plan(
                1,
                List.of(
                        Fixtures.group("p0", Phase.PREFILL, 1, 1000, "n0/0"),
                        Fixtures.group("p1", Phase.PREFILL, 1, 1000, "n1/0")),
                List.of());
    }

    @Test
    void rejectsWhatCannotBe() {
        assertThatThrownBy(() -> disturbed("x", 0, Double.POSITIVE_INFINITY, 0)).hasMessageContaining("must come back");
        ServingPlan plan = Fixtures.single(Phase.PREFILL, 1, 1000);
        assertThatThrownBy(() -> run(plan, Fixtures.at(1.0), disturbed("n9", 0, 1, 0), 1))
                .hasMessage("'n9' is no GPU, node or link of cluster 'test'");
    }
}
