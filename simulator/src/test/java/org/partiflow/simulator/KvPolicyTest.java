package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.KvTransport;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.workload.Arrivals;

class KvPolicyTest {
    private static SimulationResult run(ServingPlan plan, int prompt, int output, KvPolicy kv, Double... times) {
        return Fixtures.run(
                Fixtures.problem(Fixtures.workload(prompt, output, Fixtures.at(times))),
                plan,
                Fixtures.requests(times.length).withBehaviour(Behaviour.DEFAULT.withKv(kv)));
    }

    private static KvPolicy recompute(int block) {
        return new KvPolicy(block, KvPolicy.OnFull.RECOMPUTE, KvPolicy.Initiative.PUSH);
    }

    @Test
    void blocksAreRoundedUpAndCapacityDown() {
        KvMemory memory = new KvMemory(100, new KvPolicy(16, KvPolicy.OnFull.WAIT, KvPolicy.Initiative.PUSH));
        assertThat(memory.capacity()).isEqualTo(96);
        assertThat(memory.tryTake(17)).isTrue();
        assertThat(memory.used()).isEqualTo(32);
        assertThat(memory.tryTake(65)).isFalse();
        assertThat(memory.tryTake(64)).isTrue();
        memory.release(17);
        assertThat(memory.free()).isEqualTo(32);
    }

    @Test
    void anEmptyBlockIsRejected() {
        assertThatThrownBy(() -> recompute(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 token, got 0");
    }

    /** Two sequences of 10 + 20 tokens in 40 tokens of memory: one must wait for the other, or be recomputed. */
    @Test
    void whereOneWouldWaitTwoBeginAndTheLaterIsRecomputed() {
        ServingPlan plan = Fixtures.single(Phase.COLOCATED, 8, 40);
        SimulationResult waiting = run(plan, 10, 20, KvPolicy.DEFAULT, 0.0, 0.0);
        SimulationResult recomputing = run(plan, 10, 20, recompute(1), 0.0, 0.0);
        assertThat(waiting.report().requests().preemptions()).isZero();
        assertThat(recomputing.report().requests().preemptions()).isEqualTo(1);
        assertThat(waiting.records().timeToFirstTokenSeconds(1))
                .isGreaterThan(waiting.records().endToEndSeconds(0));
        assertThat(recomputing.records().timeToFirstTokenSeconds(1))
                .isLessThan(recomputing.records().endToEndSeconds(0));
        assertThat(recomputing.records().endToEndSeconds(1))
                .isGreaterThan(recomputing.records().endToEndSeconds(0));
    }

    @Test
    void aDecodeGroupRecomputesByItself() {
        ServingPlan plan = Fixtures.disaggregated(2, 8, 1000, 40);
        SimulationResult result = run(plan, 10, 20, recompute(4), 0.0, 0.0);
        assertThat(result.report().requests().preemptions()).isPositive();
        assertThat(result.report().requests().completed()).isEqualTo(2);
    }

    @Test
    void withMemoryForAllBothPoliciesAreTheSame() {
        ServingPlan plan = Fixtures.disaggregated(4, 16, 100_000, 100_000);
        var problem = Fixtures.problem(Fixtures.workload(100, 30, Arrivals.poisson(50)));
        var options = Fixtures.requests(300);
        SimulationResult waiting = Fixtures.run(problem, plan, options);
        SimulationResult recomputing =
                Fixtures.run(problem, plan, options.withBehaviour(Behaviour.DEFAULT.withKv(recompute(1))));
        assertThat(recomputing.report().requests().preemptions()).isZero();
        assertThat(recomputing.report().latency()).isEqualTo(waiting.report().latency());
    }

    @Test
    void pullingTakesOneRoundTripMore() {
        ServingPlan plan = Fixtures.disaggregated(1, 4, 1000, 1000);
        KvPolicy pull = new KvPolicy(1, KvPolicy.OnFull.WAIT, KvPolicy.Initiative.PULL);
        double pushed = run(plan, 100, 10, KvPolicy.DEFAULT, 0.0).records().kvTransferVisibleSeconds(0);
        double pulled = run(plan, 100, 10, pull, 0.0).records().kvTransferVisibleSeconds(0);
        assertThat(pulled - pushed).isCloseTo(2 * KvTransport.RDMA_GDR.baseSeconds(), within(1e-9));
    }
}
