package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.workload.Arrivals;

/** The simulator against queueing theory. */
class QueueingTest {
    private static final int PROMPT = 100;
    private static final double SERVICE = 4 * (1e-3 + 1e-5 * PROMPT);

    /** Pollaczek-Khinchine for M/D/1: mean wait = rho / (2 (1 - rho)) services. */
    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PREFILL", "COLOCATED"})
    void waitsAsLongAsMD1(Phase phase) {
        double load = 0.7;
        double expected = load / (2 * (1 - load)) * SERVICE;
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(PROMPT, 1, Arrivals.poisson(load / SERVICE))),
                Fixtures.single(phase, 1, 1_000_000),
                Fixtures.requests(400_000));
        assertMeanWait(result.records(), expected);
        assertThat(result.report().groups().get(0).utilization()).isCloseTo(load, within(0.01));
    }

    @Test
    void theConfidenceIntervalHoldsTheTruthAndLeavesTheWarmUpOut() {
        double load = 0.7;
        double expected = SERVICE + load / (2 * (1 - load)) * SERVICE;
        RequestRecords records = Fixtures.run(
                        Fixtures.problem(Fixtures.workload(PROMPT, 1, Arrivals.poisson(load / SERVICE))),
                        Fixtures.single(Phase.PREFILL, 1, 1_000_000),
                        Fixtures.requests(200_000))
                .records();
        ConfidenceInterval interval = ConfidenceInterval.of(records, records::timeToFirstTokenSeconds);
        assertThat(interval.contains(expected)).as(interval.toString()).isTrue();
        assertThat(interval.halfWidth()).isLessThan(0.03 * expected);
        ConfidenceInterval ramp = ConfidenceInterval.of(records, i -> i < 20_000 ? 20_000 - i : i % 7);
        assertThat(ramp.warmUp()).isBetween(19_900, 21_000);
        assertThat(ramp.contains(3)).isTrue();
    }

    @Test
    void gammaArrivalsOfUnitVariationWaitLikePoisson() {
        double load = 0.7;
        double expected = load / (2 * (1 - load)) * SERVICE;
        Arrivals gamma = new Arrivals(Arrivals.Process.GAMMA, load / SERVICE, 1, java.util.List.of());
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(PROMPT, 1, gamma)),
                Fixtures.single(Phase.PREFILL, 1, 1_000_000),
                Fixtures.requests(400_000));
        assertMeanWait(result.records(), expected);
    }

    @Test
    void gammaArrivalsHaveTheirRateAndVariation() {
        Arrivals gamma = new Arrivals(Arrivals.Process.GAMMA, 4, 2.5, java.util.List.of());
        ArrivalClock clock = new ArrivalClock(gamma, RandomStreams.of(1, "arrivals"));
        int count = 200_000;
        double last = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double time = clock.next();
            squares += (time - last) * (time - last);
            last = time;
        }
        double mean = last / count;
        assertThat(mean).isCloseTo(0.25, within(0.01));
        assertThat(Math.sqrt(squares / count - mean * mean) / mean).isCloseTo(2.5, within(0.1));
    }

    /** Within a confidence interval of three standard errors, by the means of 20 batches; and that interval is narrow. */
    private static void assertMeanWait(RequestRecords records, double expected) {
        int batches = 20;
        int each = records.size() / batches;
        double sum = 0;
        double squares = 0;
        for (int batch = 0; batch < batches; batch++) {
            double mean = 0;
            for (int i = 0; i < each; i++) {
                mean += (records.timeToFirstTokenSeconds(batch * each + i) - SERVICE) / each;
            }
            sum += mean;
            squares += mean * mean;
        }
        double mean = sum / batches;
        double error = Math.sqrt((squares / batches - mean * mean) / (batches - 1));
        assertThat(error).isLessThan(0.02 * expected);
        assertThat(mean).isCloseTo(expected, within(3 * error));
    }

    /** L = lambda W, L measured by integrating the number in the system. */
    @Test
    void keepsLittlesLaw() {
        double rate = 40;
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(PROMPT, 20, Arrivals.poisson(rate))),
                Fixtures.disaggregated(4, 32, 100_000, 100_000),
                Fixtures.requests(20_000));
        RequestRecords records = result.records();
        double end = records.arrivalSeconds(records.size() - 1);
        double inSystem = 0;
        for (int i = 0; i < records.size(); i++) {
            double arrival = records.arrivalSeconds(i);
            inSystem += Math.min(end, arrival + records.endToEndSeconds(i)) - arrival;
        }
        double meanTime = result.report().latency().endToEndSeconds().mean();
        double arrivalRate = records.size() / end;
        assertThat(inSystem / end).isCloseTo(arrivalRate * meanTime, within(0.01 * arrivalRate * meanTime));
        assertThat(arrivalRate).isCloseTo(rate, within(0.03 * rate));
    }

    @Test
    void anOverloadGrowsTheQueueButNotTheThroughput() {
        double capacity = 1 / SERVICE;
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(PROMPT, 1, Arrivals.poisson(2 * capacity))),
                Fixtures.single(Phase.PREFILL, 1, 1_000_000),
                Fixtures.requests(20_000));
        RequestRecords records = result.records();
        assertThat(result.report().throughput().requestsPerSecond())
                .isLessThanOrEqualTo(capacity * 1.001)
                .isGreaterThan(capacity * 0.99);
        assertThat(records.timeToFirstTokenSeconds(19_999))
                .isGreaterThan(records.timeToFirstTokenSeconds(10_000) * 1.5);
    }
}
