package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.KvTransport;
import org.partiflow.api.plan.Phase;

/** A lone request takes exactly what the cost model says. */
class ZeroLoadTest {
    private static final Offset<Double> MICROSECOND = within(1e-6);
    private static final int PROMPT = 1000;
    private static final int OUTPUT = 11;
    private static final double PREFILL = 4 * (1e-3 + 1e-5 * PROMPT) + 1e-4;
    private static final double BYTES = PROMPT * 4 * 2.0 * 1024 * 2;
    private static final double WIRE = BYTES / (10e9 * KvTransport.RDMA_GDR.efficiency());
    private static final double POSTING = 1e-6 * 4 * 63;

    private static SimulationResult alone(KvProtocol.Schedule schedule, int maxTokens) {
        return Fixtures.run(
                Fixtures.problem(Fixtures.workload(PROMPT, OUTPUT, Fixtures.at(5.0)), schedule, maxTokens),
                Fixtures.disaggregated(4, 8, 10_000, 10_000),
                Fixtures.requests(1));
    }

    @Test
    void reproducesPrefillTransferAndDecode() {
        RequestRecords records = alone(KvProtocol.Schedule.BULK, 8192).records();
        double visible = KvTransport.RDMA_GDR.baseSeconds() + Math.max(WIRE, POSTING);
        double decode = 0;
        for (int step = 1; step < OUTPUT; step++) {
            decode += 4 * (1e-3 + 1e-5 + 1e-8 * (PROMPT + step)) + 1e-4;
        }
        assertThat(records.timeToFirstTokenSeconds(0)).isCloseTo(PREFILL, MICROSECOND);
        assertThat(records.kvTransferSeconds(0)).isCloseTo(WIRE, MICROSECOND);
        assertThat(records.kvTransferVisibleSeconds(0)).isCloseTo(visible, MICROSECOND);
        assertThat(records.timePerOutputTokenSeconds(0)).isCloseTo((visible + decode) / (OUTPUT - 1), MICROSECOND);
        assertThat(records.endToEndSeconds(0)).isCloseTo(PREFILL + visible + decode, MICROSECOND);
    }

    @Test
    void anOverlappedTransferShowsItsLastLayerOnly() {
        RequestRecords records = alone(KvProtocol.Schedule.PER_LAYER, 8192).records();
        double visible = KvTransport.RDMA_GDR.baseSeconds() + WIRE / 4;
        assertThat(records.kvTransferVisibleSeconds(0)).isCloseTo(visible, MICROSECOND);
    }

    @Test
    void aLongPromptGoesInChunksThatFollowEachOther() {
        SimulationResult result = alone(KvProtocol.Schedule.PER_CHUNK, 400);
        double first = 2 * (1e-3 + 1e-5 * 400);
        double last = 2 * (1e-3 + 1e-5 * 200);
        // stage 0 takes chunks of 400, 400 and 200; stage 1 is a hop and a chunk behind
        double expected = Math.max(3 * first + 1e-4, 2 * first + last + 1e-4) + last;
        assertThat(result.records().timeToFirstTokenSeconds(0)).isCloseTo(expected, MICROSECOND);
        assertThat(result.records().kvTransferVisibleSeconds(0))
                .isCloseTo(KvTransport.RDMA_GDR.baseSeconds() + WIRE * 200 / PROMPT, MICROSECOND);
        assertThat(result.records().kvTransferSeconds(0)).isCloseTo(WIRE, MICROSECOND);
    }

    @Test
    void aColocatedGroupDecodesRightAfterThePrompt() {
        RequestRecords records = Fixtures.run(
                        Fixtures.problem(Fixtures.workload(PROMPT, OUTPUT, Fixtures.at(5.0))),
                        Fixtures.single(Phase.COLOCATED, 8, 10_000),
                        Fixtures.requests(1))
                .records();
        double perToken = 4 * (1e-3 + 1e-5 + 1e-8 * (PROMPT + (1 + 10) / 2.0));
        assertThat(records.timeToFirstTokenSeconds(0)).isCloseTo(PREFILL - 1e-4, MICROSECOND);
        assertThat(records.timePerOutputTokenSeconds(0)).isCloseTo(perToken, MICROSECOND);
        assertThat(records.kvTransferSeconds(0)).isNaN();
    }

    @Test
    void twoTransfersOnOneNicHalveEachRate() {
        RequestRecords records = Fixtures.run(
                        Fixtures.problem(Fixtures.workload(PROMPT, OUTPUT, Fixtures.at(5.0, 5.0))),
                        Fixtures.disaggregated(4, 8, 10_000, 10_000),
                        Fixtures.requests(2))
                .records();
        assertThat(records.kvTransferSeconds(0)).isCloseTo(2 * WIRE, MICROSECOND);
        assertThat(records.kvTransferSeconds(1)).isCloseTo(2 * WIRE, MICROSECOND);
    }
}
