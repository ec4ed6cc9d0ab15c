package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.Provenance;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.KvRecoding;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.cost.KvTransport;
import org.partiflow.api.plan.ServingPlan;

/** What a lone transfer costs beside the time on the wire. */
class KvTransferCostTest {
    private static final int PROMPT = 1000;
    private static final double SETUP = KvTransport.RDMA_GDR.setupSeconds();
    private static final ServingPlan PLAN = Fixtures.disaggregated(1, 4, 10_000, 10_000);

    private static PlanningProblem problem(
            KvProtocol.Schedule schedule, KvProtocol.Encoding encoding, Double... times) {
        KvProtocol base = KvProtocol.DEFAULT;
        KvProtocol protocol = new KvProtocol(base.nvlink(), base.pcie(), base.network(), schedule, encoding);
        return new PlanningProblem(
                Fixtures.cluster(4),
                Fixtures.MODEL,
                Fixtures.workload(PROMPT, 10, Fixtures.at(times)),
                new ServingOptions(0.9, 8192, 256, protocol),
                Provenance.IN_CODE);
    }

    private static RequestRecords run(PlanningProblem problem, KvPolicy.Connections connections, int requests) {
        KvPolicy kv = new KvPolicy(1, KvPolicy.OnFull.WAIT, KvPolicy.Initiative.PUSH, connections);
        return Fixtures.run(problem, PLAN, Fixtures.requests(requests).withBehaviour(Behaviour.DEFAULT.withKv(kv)))
                .records();
    }

    private static double recoding(PlanningProblem problem) {
        List<KvTraffic.Holder> from = KvPath.holders(PLAN.groups().get(0), problem.cluster());
        List<KvTraffic.Holder> to = KvPath.holders(PLAN.groups().get(1), problem.cluster());
        return KvRecoding.secondsPerToken(problem.model(), problem.serving().kvProtocol(), problem.cluster(), from, to)
                * PROMPT;
    }

    /** A compressed cache is on the wire for half the time, and is encoded and decoded before it can be used. */
    @Test
    void aBulkTransferPaysForEncodingAllOfIt() {
        PlanningProblem stored = problem(KvProtocol.Schedule.BULK, KvProtocol.Encoding.AS_STORED, 0.0);
        PlanningProblem fp8 = problem(KvProtocol.Schedule.BULK, KvProtocol.Encoding.FP8, 0.0);
        RequestRecords plain = run(stored, KvPolicy.Connections.WARM, 1);
        RequestRecords encoded = run(fp8, KvPolicy.Connections.WARM, 1);
        assertThat(recoding(stored)).isZero();
        assertThat(recoding(fp8)).isPositive();
        assertThat(encoded.kvTransferSeconds(0)).isCloseTo(plain.kvTransferSeconds(0) / 2, within(1e-12));
        double saved = plain.kvTransferVisibleSeconds(0) - encoded.kvTransferVisibleSeconds(0);
        assertThat(saved).isCloseTo(plain.kvTransferSeconds(0) / 2 - recoding(fp8), within(1e-9));
    }

    /** Layer by layer, only the last layer's encoding shows: the others' hides behind the prompt's computation. */
    @Test
    void anOverlappedTransferPaysForItsLastPiece() {
        PlanningProblem stored = problem(KvProtocol.Schedule.PER_LAYER, KvProtocol.Encoding.AS_STORED, 0.0);
        PlanningProblem int4 = problem(KvProtocol.Schedule.PER_LAYER, KvProtocol.Encoding.INT4, 0.0);
        RequestRecords plain = run(stored, KvPolicy.Connections.WARM, 1);
        RequestRecords encoded = run(int4, KvPolicy.Connections.WARM, 1);
        double last = (plain.kvTransferSeconds(0) - encoded.kvTransferSeconds(0)) / Fixtures.LAYERS;
        double saved = plain.kvTransferVisibleSeconds(0) - encoded.kvTransferVisibleSeconds(0);
        assertThat(saved).isCloseTo(last - recoding(int4) / Fixtures.LAYERS, within(1e-9));
    }

    /** The first transfer sets the connection up; one much later finds it. */
    @Test
    void firstContactIsPaidOnce() {
        PlanningProblem problem = problem(KvProtocol.Schedule.BULK, KvProtocol.Encoding.AS_STORED, 0.0, 50.0);
        RequestRecords warm = run(problem, KvPolicy.Connections.WARM, 2);
        RequestRecords cold = run(problem, KvPolicy.Connections.COLD, 2);
        assertThat(cold.kvTransferVisibleSeconds(0)).isCloseTo(warm.kvTransferVisibleSeconds(0) + SETUP, within(1e-9));
        assertThat(cold.kvTransferVisibleSeconds(1)).isCloseTo(warm.kvTransferVisibleSeconds(1), within(1e-9));
    }

    /** A group that was down has lost its connections. */
    @Test
    void afterAnOutageTheConnectionIsSetUpAgain() {
        PlanningProblem problem = problem(KvProtocol.Schedule.BULK, KvProtocol.Encoding.AS_STORED, 0.0, 50.0);
        KvPolicy kv = new KvPolicy(1, KvPolicy.OnFull.WAIT, KvPolicy.Initiative.PUSH, KvPolicy.Connections.COLD);
        Behaviour outage = Behaviour.DEFAULT.withKv(kv).withDisturbances(List.of(new Disturbance("n1/0", 20, 30, 0)));
        RequestRecords records = Fixtures.run(
                        problem, PLAN, Fixtures.requests(2).withBehaviour(outage))
                .records();
        assertThat(records.kvTransferVisibleSeconds(1)).isCloseTo(records.kvTransferVisibleSeconds(0), within(1e-9));
    }
}
