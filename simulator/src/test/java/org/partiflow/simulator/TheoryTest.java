package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.workload.Arrivals;
import org.partiflow.api.workload.EmpiricalLengths;
import org.partiflow.api.workload.Lengths;
import org.partiflow.api.workload.RequestClass;
import org.partiflow.api.workload.SloTarget;
import org.partiflow.api.workload.Workload;

/** The simulator where theory is exact, beside M/D/1 and Little's law in {@link QueueingTest}. */
class TheoryTest {
    private static Workload workload(Lengths lengths, double rate) {
        return new Workload(
                "w",
                List.of(new RequestClass("c", 1, lengths)),
                Arrivals.poisson(rate),
                Optional.of(new SloTarget(0.03, 0.05, 0.9)));
    }

    /** Pollaczek-Khinchine: mean wait = rate E[S^2] / (2 (1 - load)), here with prompts of two lengths. */
    @Test
    void waitsAsLongAsMG1() {
        int[] prompts = {100, 100, 100, 1000};
        Lengths lengths = new EmpiricalLengths(prompts, new int[] {1, 1, 1, 1});
        double[] service =
                IntStream.of(prompts).mapToDouble(p -> 4 * (1e-3 + 1e-5 * p)).toArray();
        double mean = IntStream.range(0, 4).mapToDouble(i -> service[i] / 4).sum();
        double squares = IntStream.range(0, 4)
                .mapToDouble(i -> service[i] * service[i] / 4)
                .sum();
        double rate = 0.6 / mean;
        RequestRecords records = Fixtures.run(
                        Fixtures.problem(workload(lengths, rate)),
                        Fixtures.single(Phase.PREFILL, 1, 1_000_000),
                        Fixtures.requests(200_000))
                .records();
        ConfidenceInterval wait = ConfidenceInterval.of(
                records, i -> records.timeToFirstTokenSeconds(i) - 4 * (1e-3 + 1e-5 * records.promptTokens(i)));
        double expected = rate * squares / (2 * (1 - 0.6));
        assertThat(wait.halfWidth()).isLessThan(0.05 * expected);
        assertThat(wait.contains(expected)).as(wait + " against " + expected).isTrue();
    }

    /** A decode group whose iterations take a constant time is a pool of servers with one queue: Erlang C. */
    @Test
    void aDecodeGroupWaitsAsLongAsMMc() {
        int servers = 8;
        double load = 0.8;
        double step = 1e-3;
        int mean = 400;
        SplittableRandom random = new SplittableRandom(7);
        int[] outputs = random.doubles(100_000)
                .mapToInt(u -> 2 + (int) Math.floor(-mean * Math.log(1 - u)))
                .toArray();
        int[] prompts = new int[outputs.length];
        java.util.Arrays.fill(prompts, 10);
        double service = step * (IntStream.of(outputs).average().orElseThrow() - 1);
        double rate = load * servers / service;
        SimulationRequest request = SimulationRequest.of(
                Fixtures.problem(workload(new EmpiricalLengths(prompts, outputs), rate)),
                new AnalyticCosts(step / Fixtures.LAYERS, 0, 0, 0, 0),
                Fixtures.plan(
                        1,
                        List.of(
                                Fixtures.group("p0", Phase.PREFILL, 64, 1_000_000, "n0/0"),
                                Fixtures.group("d0", Phase.DECODE, servers, 100_000_000, "n1/0")),
                        List.of(Fixtures.route("p0", "d0", 1))),
                Fixtures.requests(200_000));
        RequestRecords records = new Simulator().run(request).records();
        ConfidenceInterval wait = ConfidenceInterval.of(
                records,
                i -> records.endToEndSeconds(i)
                        - records.timeToFirstTokenSeconds(i)
                        - records.kvTransferVisibleSeconds(i)
                        - step * (records.outputTokens(i) - 1));
        double expected = erlangC(servers, load) * service / (servers * (1 - load));
        assertThat(wait.halfWidth()).isLessThan(0.15 * expected);
        // A sequence joins at the start of an iteration: a step later at most.
        assertThat(wait.mean()).isCloseTo(expected + step / 2, within(wait.halfWidth() + step / 2));
    }

    /** Probability of waiting. */
    private static double erlangC(int servers, double load) {
        double offered = servers * load;
        double term = 1;
        double sum = 0;
        for (int k = 0; k < servers; k++) {
            sum += term;
            term *= offered / (k + 1);
        }
        double waiting = term / (1 - load);
        return waiting / (sum + waiting);
    }

    private static SimulationReport run(AnalyticCosts costs, ServingPlan plan, double rate, long seed, int requests) {
        PlanningProblem problem = Fixtures.problem(Fixtures.workload(100, 20, Arrivals.poisson(rate)));
        return new Simulator()
                .run(SimulationRequest.of(
                        problem, costs, plan, Fixtures.requests(requests).withSeed(seed)))
                .report();
    }

    private static ServingPlan colocated() {
        return Fixtures.plan(1, List.of(Fixtures.group("c0", Phase.COLOCATED, 16, 10_000, "n0/0", "n0/1")), List.of());
    }

    @Test
    void halvingAllTimesHalvesAllLatencies() {
        AnalyticCosts costs = AnalyticCosts.DEFAULT;
        AnalyticCosts half = new AnalyticCosts(
                costs.perPass() / 2,
                costs.perPromptToken() / 2,
                costs.perSequence() / 2,
                costs.perContextToken() / 2,
                costs.perHop() / 2);
        SimulationReport.Latency slow = run(costs, colocated(), 40, 3, 5000).latency();
        SimulationReport.Latency fast = run(half, colocated(), 80, 3, 5000).latency();
        assertHalf(slow.timeToFirstTokenSeconds(), fast.timeToFirstTokenSeconds());
        assertHalf(slow.timePerOutputTokenSeconds(), fast.timePerOutputTokenSeconds());
        assertHalf(slow.endToEndSeconds(), fast.endToEndSeconds());
    }

    private static void assertHalf(SimulationReport.Summary slow, SimulationReport.Summary fast) {
        assertThat(fast.mean()).isCloseTo(slow.mean() / 2, within(1e-9 * slow.mean()));
        assertThat(fast.p99()).isCloseTo(slow.p99() / 2, within(2e-3 * slow.p99()));
    }

    @Test
    void aLowerRateNeverLowersAttainmentInExpectation() {
        double last = 1;
        for (double rate : new double[] {50, 150, 250, 350, 500, 1000}) {
            double mean = IntStream.range(0, 10)
                    .mapToDouble(seed -> run(AnalyticCosts.DEFAULT, colocated(), rate, seed, 1000)
                            .slo()
                            .orElseThrow()
                            .attainment())
                    .average()
                    .orElseThrow();
            assertThat(mean).isLessThanOrEqualTo(last + 0.005);
            last = mean;
        }
        assertThat(last).isLessThan(0.9);
    }

    /** Whatever the load, no more is served than the groups can: here one prefill group of known capacity. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.95, 1.05, 3})
    void theRateNeverExceedsTheCapacity(double load) {
        double capacity = 1 / (4 * (1e-3 + 1e-5 * 100));
        SimulationReport report = Fixtures.run(
                        Fixtures.problem(Fixtures.workload(100, 1, Arrivals.poisson(load * capacity))),
                        Fixtures.single(Phase.PREFILL, 1, 1_000_000),
                        Fixtures.requests(20_000))
                .report();
        assertThat(report.throughput().requestsPerSecond()).isLessThanOrEqualTo(capacity * (1 + 1e-9));
    }
}
