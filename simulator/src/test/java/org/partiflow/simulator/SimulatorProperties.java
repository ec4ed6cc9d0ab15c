package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.workload.Arrivals;

class SimulatorProperties {
    private static SimulationResult run(
            KvProtocol.Schedule schedule, ServingPlan plan, int prompt, int output, double rate, long seed) {
        return Fixtures.run(
                Fixtures.problem(Fixtures.workload(prompt, output, Arrivals.poisson(rate)), schedule, 128),
                plan,
                Fixtures.requests(300).withSeed(seed));
    }

    @Property(tries = 200, seed = "20261125")
    void everyRequestIsAccountedForAndLatenciesAreInOrder(
            @ForAll KvProtocol.Schedule schedule,
            @ForAll @IntRange(min = 1, max = 300) int prompt,
            @ForAll @IntRange(min = 1, max = 40) int output,
            @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll @LongRange(min = 1, max = 2000) long kvTokens,
            @ForAll @DoubleRange(min = 0.1, max = 5000) double rate,
            @ForAll long seed) {
        SimulationResult result =
                run(schedule, Fixtures.disaggregated(batch, batch, kvTokens, kvTokens), prompt, output, rate, seed);
        SimulationReport.Requests requests = result.report().requests();
        assertThat(requests.arrived()).isEqualTo(300);
        assertThat(requests.unfinished()).isZero();
        boolean fits = prompt <= kvTokens && (output == 1 || prompt + output <= kvTokens);
        assertThat(requests.completed()).isEqualTo(fits ? 300 : 0);
        RequestRecords records = result.records();
        for (int i = 0; fits && i < records.size(); i++) {
            assertThat(records.timeToFirstTokenSeconds(i)).isPositive();
            assertThat(records.endToEndSeconds(i)).isGreaterThanOrEqualTo(records.timeToFirstTokenSeconds(i));
            if (output > 1) {
                assertThat(records.kvTransferVisibleSeconds(i)).isPositive();
            }
        }
    }

    @Property(tries = 100, seed = "20261125")
    void equalSeedsGiveEqualReports(
            @ForAll KvProtocol.Schedule schedule,
            @ForAll @IntRange(min = 1, max = 300) int prompt,
            @ForAll @IntRange(min = 1, max = 40) int output,
            @ForAll long seed) {
        ServingPlan plan = Fixtures.disaggregated(3, 5, 1000, 1000);
        assertThat(run(schedule, plan, prompt, output, 50, seed).report())
                .isEqualTo(run(schedule, plan, prompt, output, 50, seed).report());
    }

    @Property(tries = 100, seed = "20261125")
    void aColocatedGroupKeepsItsBatchAndItsTokenLimit(
            @ForAll @IntRange(min = 1, max = 300) int prompt,
            @ForAll @IntRange(min = 1, max = 40) int output,
            @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll @DoubleRange(min = 0.1, max = 5000) double rate) {
        SimulationResult result = Fixtures.run(
                Fixtures.problem(
                        Fixtures.workload(prompt, output, Arrivals.poisson(rate)), KvProtocol.Schedule.BULK, 128),
                Fixtures.single(Phase.COLOCATED, batch, 1000),
                Fixtures.requests(200).withTraceSlices(1_000_000));
        assertThat(result.report().requests().completed()).isEqualTo(200);
        ExecutionTrace trace = result.trace().orElseThrow();
        long prompts = 0;
        long decoded = 0;
        for (ExecutionTrace.Slice slice : trace.slices()) {
            // A batch that memory sets is a mean; memory is checked below. One more prompt may be on its way.
            assertThat(slice.sequences()).isBetween(1, batch == 1 ? 1 : 256);
            assertThat(slice.promptTokens() + slice.decodedTokens()).isLessThanOrEqualTo(128);
            assertThat(slice.kvTokens()).isLessThanOrEqualTo(1000);
            prompts += slice.promptTokens();
            decoded += slice.decodedTokens();
        }
        assertThat(prompts).isEqualTo(200L * prompt);
        assertThat(decoded).isEqualTo(200L * (output - 1));
    }

    @Property(tries = 50, seed = "20261125")
    void eventsComeInOrderOfTimeThenInsertion(@ForAll @IntRange(min = 1, max = 200) int count, @ForAll long seed) {
        EventQueue queue = new EventQueue();
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            times[i] = random.nextInt(10);
            queue.add(times[i], EventKind.CACHE_READY, 3, i);
        }
        double lastTime = -1;
        int last = -1;
        while (!queue.isEmpty()) {
            double time = queue.nextTime();
            int number = EventQueue.number(queue.poll());
            assertThat(times[number]).isEqualTo(time);
            assertThat(time > lastTime || (time == lastTime && number > last)).isTrue();
            lastTime = time;
            last = number;
        }
    }
}
