package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.workload.Arrivals;

/** Requests, tokens and memory are conserved with blocks, recomputation and pulled transfers, with and without faults. */
class KvPolicyProperties {
    private static ServingPlan plan(int batch, long kvTokens) {
        return Fixtures.plan(
                1,
                List.of(
                        Fixtures.group("p0", Phase.PREFILL, batch, 900, "n0/0", "n0/1"),
                        Fixtures.group("d0", Phase.DECODE, 2 * batch, kvTokens, "n1/0", "n1/1"),
                        Fixtures.group("c0", Phase.COLOCATED, 2 * batch, kvTokens, "n2/0", "n2/1")),
                List.of(Fixtures.route("p0", "d0", 1)));
    }

    private static List<Disturbance> outages(int count, long seed) {
        String[] targets = {"n0", "n1/1", "n2/0", "n0/nic-out"};
        return new SplittableRandom(seed)
                .doubles(count, 0, 4)
                .mapToObj(from -> new Disturbance(targets[(int) (from * 1000) % targets.length], from, from + 0.5, 0))
                .toList();
    }

    @Property(tries = 400, seed = "20261126")
    void everyTokenIsMadeOnceForTheClientAndNoMemoryLeaks(
            @ForAll KvPolicy.OnFull onFull,
            @ForAll KvPolicy.Initiative initiative,
            @ForAll KvPolicy.Connections connections,
            @ForAll @IntRange(min = 1, max = 20) int block,
            @ForAll KvProtocol.Schedule schedule,
            @ForAll FaultPolicy policy,
            @ForAll @IntRange(min = 1, max = 150) int prompt,
            @ForAll @IntRange(min = 1, max = 60) int output,
            @ForAll @IntRange(min = 1, max = 8) int batch,
            @ForAll @LongRange(min = 230, max = 900) long kvTokens,
            @ForAll @IntRange(min = 0, max = 4) int faults,
            @ForAll long seed) {
        KvPolicy kv = new KvPolicy(block, onFull, initiative, connections);
        Behaviour behaviour =
                Behaviour.DEFAULT.withKv(kv).withOnFailure(policy).withDisturbances(outages(faults, seed));
        PlanningProblem problem =
                Fixtures.problem(Fixtures.workload(prompt, output, Arrivals.poisson(60)), schedule, 128);
        SimulationRequest request = SimulationRequest.of(
                problem,
                AnalyticCosts.DEFAULT,
                plan(batch, kvTokens),
                Fixtures.requests(200).withSeed(seed).withBehaviour(behaviour).withTraceSlices(1_000_000));
        RequestTable table = RequestSource.draw(request);
        Engine engine = new Engine(request, table);
        SimulationResult result = engine.run();
        SimulationReport.Requests requests = result.report().requests();
        assertThat(requests.unfinished()).isZero();
        assertThat(requests.completed() + requests.lost()).isEqualTo(200);
        assertThat(table.inSystem).isZero();
        assertThat(engine.usedKvTokens()).containsOnly(0L);
        assertThat(table.outstanding).containsOnly(0);
        if (onFull == KvPolicy.OnFull.WAIT) {
            assertThat(result.report().requests().preemptions()).isZero();
        }
        assertThat(result.report().groups()).allMatch(group -> group.kvPeakUtilization() <= 1);
        assertRecords(result.records(), prompt, output);
        assertTokens(result, requests, prompt, output);
    }

    /** Lengths are the client's, and times in order, whatever was folded into prompts. */
    private static void assertRecords(RequestRecords records, int prompt, int output) {
        for (int i = 0; i < records.size(); i++) {
            assertThat(records.promptTokens(i)).isEqualTo(prompt);
            assertThat(records.outputTokens(i)).isEqualTo(output);
            if (records.outcome(i) == RequestRecords.Outcome.COMPLETED) {
                assertThat(records.timeToFirstTokenSeconds(i)).isPositive();
                assertThat(records.endToEndSeconds(i)).isGreaterThanOrEqualTo(records.timeToFirstTokenSeconds(i));
            }
        }
    }

    /** A recomputed prompt gives a token in place of an iteration; without faults nothing else is made twice. */
    private static void assertTokens(
            SimulationResult result, SimulationReport.Requests requests, int prompt, int output) {
        if (requests.retries() > 0 || requests.lost() > 0) {
            return;
        }
        long prompts = 0;
        long decoded = 0;
        for (ExecutionTrace.Slice slice : result.trace().orElseThrow().slices()) {
            prompts += slice.stage() == 0 ? slice.promptTokens() : 0;
            decoded += slice.stage() == 0 ? slice.decodedTokens() : 0;
        }
        assertThat(decoded)
                .isEqualTo(200L * (output - 1) - result.report().requests().preemptions());
        assertThat(prompts)
                .isBetween(
                        200L * prompt + result.report().requests().preemptions() * (prompt + 1),
                        200L * prompt + result.report().requests().preemptions() * (prompt + output - 1));
    }
}
