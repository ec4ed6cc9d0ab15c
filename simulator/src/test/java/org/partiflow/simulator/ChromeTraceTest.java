package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.workload.Arrivals;

class ChromeTraceTest {
    private record Span(long start, long end) {}

    private static JsonNode events(KvProtocol.Schedule schedule, Behaviour behaviour) throws IOException {
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(100, 5, Arrivals.poisson(20)), schedule, 64),
                Fixtures.disaggregated(4, 8, 10_000, 10_000),
                Fixtures.requests(40).withTraceSlices(100_000).withBehaviour(behaviour));
        StringBuilder text = new StringBuilder();
        ChromeTrace.write(result.trace().orElseThrow(), text);
        return new ObjectMapper().readTree(text.toString()).at("/traceEvents");
    }

    private static Map<String, List<Span>> spansByThread(JsonNode events) {
        Map<String, List<Span>> byThread = new HashMap<>();
        for (JsonNode event : events) {
            if (event.at("/ph").asText().equals("X")) {
                long start = event.at("/ts").longValue();
                byThread.computeIfAbsent(thread(event), key -> new ArrayList<>())
                        .add(new Span(start, start + event.at("/dur").longValue()));
            }
        }
        return byThread;
    }

    private static String thread(JsonNode event) {
        return event.at("/pid") + "/" + event.at("/tid");
    }

    @Test
    void holdsGroupsRequestsAndCacheArrowsAsJson() throws IOException {
        JsonNode events = events(KvProtocol.Schedule.BULK, Behaviour.DEFAULT);
        Map<String, Integer> phases = new TreeMap<>();
        for (JsonNode event : events) {
            phases.merge(event.at("/ph").asText(), 1, Integer::sum);
            assertThat(event.at("/ts").asDouble()).isNotNegative();
        }
        for (String each : new String[] {"s", "f", "b", "n", "e"}) {
            assertThat(phases).containsEntry(each, 40);
        }
        assertThat(phases.keySet()).containsExactly("C", "M", "X", "b", "e", "f", "n", "s");
        assertThat(events.findValuesAsText("name"))
                .contains("process_name", "thread_name", "kv p0->d0", "prefill", "decode");
    }

    /** Viewers draw spans of a thread that overlap as if one had called the other, or drop them. */
    @Test
    void spansOfAThreadFollowEachOtherEvenWhenGroupsFail() throws IOException {
        Behaviour failing = Behaviour.DEFAULT.withDisturbances(
                List.of(new Disturbance("n0", 0.4, 0.401, 0), new Disturbance("n1/0", 0.9, 0.902, 0)));
        for (KvProtocol.Schedule schedule : KvProtocol.Schedule.values()) {
            for (List<Span> spans : spansByThread(events(schedule, failing)).values()) {
                spans.sort((a, b) -> Long.compare(a.start(), b.start()));
                for (int i = 1; i < spans.size(); i++) {
                    assertThat(spans.get(i).start())
                            .isGreaterThanOrEqualTo(spans.get(i - 1).end());
                }
            }
        }
    }

    @Test
    void arrowsStartInsideTheSpanThatEndsAPrompt() throws IOException {
        for (KvProtocol.Schedule schedule : KvProtocol.Schedule.values()) {
            JsonNode events = events(schedule, Behaviour.DEFAULT);
            Map<String, List<Span>> spans = spansByThread(events);
            for (JsonNode event : events) {
                if (event.at("/ph").asText().equals("s")) {
                    long at = event.at("/ts").longValue();
                    assertThat(spans.get(thread(event))).anyMatch(span -> span.start() <= at && at < span.end());
                }
            }
        }
    }
}
