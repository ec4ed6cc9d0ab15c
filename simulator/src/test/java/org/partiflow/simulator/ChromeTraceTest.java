package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.partiflow.api.workload.Arrivals;

class ChromeTraceTest {
    @Test
    void holdsGroupsRequestsAndCacheArrowsAsJson() throws IOException {
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(100, 5, Arrivals.poisson(20))),
                Fixtures.disaggregated(4, 8, 10_000, 10_000),
                Fixtures.requests(40).withTraceSlices(100_000));
        StringBuilder text = new StringBuilder();
        ChromeTrace.write(result.trace().orElseThrow(), text);
        JsonNode events = new ObjectMapper().readTree(text.toString()).at("/traceEvents");
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
}
