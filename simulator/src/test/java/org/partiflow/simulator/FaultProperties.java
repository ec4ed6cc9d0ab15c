package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.workload.Arrivals;

/** Requests, tokens and memory are conserved whatever fails and whenever. */
class FaultProperties {
    private static final String[] TARGETS = {
        "n0", "n1", "n2", "n3", "n0/0", "n1/0", "n1/1", "n2/0", "n2/1", "n3/1", "n0/nic-out", "n1/nic-out", "n2/nic-in"
    };

    private static List<Disturbance> disturbances(int count, boolean allReturn, SplittableRandom random) {
        List<Disturbance> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String target = TARGETS[random.nextInt(TARGETS.length)];
            double from = random.nextDouble(0, 10);
            double speed = random.nextInt(3) == 0 ? random.nextDouble(0.1, 1) : 0;
            boolean stays = !allReturn && !target.contains("nic") && random.nextInt(4) == 0;
            double until = stays ? Double.POSITIVE_INFINITY : from + random.nextDouble(0.001, 5);
            result.add(new Disturbance(target, from, until, speed));
        }
        return result;
    }

    /** Two prefill groups, two decode groups, a colocated one; crossing routes. */
    private static ServingPlan plan(int batch) {
        return Fixtures.plan(
                1,
                List.of(
                        Fixtures.group("p0", Phase.PREFILL, batch, 900, "n0/0", "n0/1"),
                        Fixtures.group("p1", Phase.PREFILL, batch, 700, "n1/0"),
                        Fixtures.group("d0", Phase.DECODE, 2 * batch, 900, "n1/1", "n2/0"),
                        Fixtures.group("d1", Phase.DECODE, 2 * batch, 1500, "n2/1"),
                        Fixtures.group("c0", Phase.COLOCATED, 2 * batch, 800, "n3/0", "n3/1")),
                List.of(
                        Fixtures.route("p0", "d0", 0.5),
                        Fixtures.route("p0", "d1", 0.5),
                        Fixtures.route("p1", "d1", 0.7),
                        Fixtures.route("p1", "d0", 0.3)));
    }

    @Property(tries = 300, seed = "20261125")
    void everyRequestIsAccountedForAndNoMemoryLeaks(
            @ForAll FaultPolicy policy,
            @ForAll Routing routing,
            @ForAll KvProtocol.Schedule schedule,
            @ForAll @IntRange(min = 1, max = 300) int prompt,
            @ForAll @IntRange(min = 1, max = 40) int output,
            @ForAll @IntRange(min = 1, max = 6) int batch,
            @ForAll @IntRange(min = 0, max = 12) int faults,
            @ForAll long seed) {
        boolean allReturn = policy == FaultPolicy.WAIT;
        Behaviour behaviour = Behaviour.DEFAULT
                .withRouting(routing)
                .withOnFailure(policy)
                .withDisturbances(disturbances(faults, allReturn, new SplittableRandom(seed)));
        PlanningProblem problem =
                Fixtures.problem(Fixtures.workload(prompt, output, Arrivals.poisson(40)), schedule, 128);
        SimulationRequest request = SimulationRequest.of(
                problem,
                AnalyticCosts.DEFAULT,
                plan(batch),
                Fixtures.requests(300).withSeed(seed).withBehaviour(behaviour).withTraceSlices(1_000_000));
        RequestTable table = RequestSource.draw(request);
        Engine engine = new Engine(request, table);
        SimulationResult result = engine.run();
        SimulationReport.Requests requests = result.report().requests();
        assertThat(requests.completed() + requests.rejected() + requests.lost() + requests.unfinished())
                .isEqualTo(requests.arrived());
        assertThat(requests.unfinished()).isZero();
        assertThat(table.inSystem).isZero();
        assertThat(engine.usedKvTokens()).containsOnly(0L);
        assertThat(table.outstanding).containsOnly(0);
        if (policy == FaultPolicy.WAIT) {
            assertThat(requests.lost() + requests.retries()).isZero();
        }
        if (policy == FaultPolicy.RETRY && behaviour.disturbances().stream().noneMatch(Disturbance::isForever)) {
            assertThat(requests.completed()).isEqualTo(requests.arrived());
        }
        assertLatenciesAreInOrder(result.records());
        assertTokens(result, prompt, output, requests);
    }

    private static void assertLatenciesAreInOrder(RequestRecords records) {
        for (int i = 0; i < records.size(); i++) {
            if (records.outcome(i) == RequestRecords.Outcome.COMPLETED) {
                assertThat(records.timeToFirstTokenSeconds(i)).isPositive();
                assertThat(records.endToEndSeconds(i)).isGreaterThanOrEqualTo(records.timeToFirstTokenSeconds(i));
            } else {
                assertThat(records.endToEndSeconds(i)).isNaN();
            }
        }
    }

    /** Every token of a completed request was computed; without retries and losses, nothing more was. */
    private static void assertTokens(
            SimulationResult result, int prompt, int output, SimulationReport.Requests requests) {
        long prompts = 0;
        long decoded = 0;
        for (ExecutionTrace.Slice slice : result.trace().orElseThrow().slices()) {
            if (slice.stage() == 0) {
                prompts += slice.promptTokens();
                decoded += slice.decodedTokens();
            }
        }
        long completed = requests.completed();
        assertThat(prompts).isGreaterThanOrEqualTo(completed * prompt);
        assertThat(decoded).isGreaterThanOrEqualTo(completed * (output - 1));
        if (requests.retries() == 0 && requests.lost() == 0) {
            assertThat(prompts).isEqualTo(completed * prompt);
            assertThat(decoded).isEqualTo(completed * (output - 1));
        }
    }
}
