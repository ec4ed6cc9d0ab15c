package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.partiflow.api.workload.Arrivals;
import org.partiflow.api.workload.SloTarget;
import org.partiflow.api.workload.Workload;

class GoodputSearchTest {
    private static SimulationRequest request(Optional<SloTarget> slo) {
        Workload base = Fixtures.workload(100, 10, Arrivals.poisson(1));
        Workload workload = new Workload("w", base.classes(), base.arrivals(), slo);
        return SimulationRequest.of(
                Fixtures.problem(workload),
                AnalyticCosts.DEFAULT,
                Fixtures.disaggregated(4, 32, 100_000, 100_000),
                Fixtures.requests(3000));
    }

    private static double attainment(SimulationRequest request, double rate) {
        return new Simulator()
                .run(request.withOptions(request.options().withLoad(OfferedLoad.atRate(rate))))
                .report()
                .slo()
                .orElseThrow()
                .attainment();
    }

    @Test
    void bracketsTheRateWhereAttainmentFalls() {
        SimulationRequest request = request(Optional.of(new SloTarget(0.1, 0.05, 0.9)));
        Goodput goodput = GoodputSearch.DEFAULT.search(request);
        assertThat(goodput.converged()).isTrue();
        assertThat(attainment(request, goodput.requestsPerSecond())).isGreaterThanOrEqualTo(0.9);
        assertThat(attainment(request, goodput.failedRequestsPerSecond())).isLessThan(0.9);
        assertThat(goodput.failedRequestsPerSecond() - goodput.requestsPerSecond())
                .isLessThanOrEqualTo(0.02 * goodput.failedRequestsPerSecond());
    }

    @Test
    void isZeroWhenEvenALoneRequestMisses() {
        Goodput goodput = GoodputSearch.DEFAULT.search(request(Optional.of(new SloTarget(1e-6, 1e-6, 0.9))));
        assertThat(goodput.requestsPerSecond()).isZero();
        assertThat(goodput.converged()).isTrue();
    }

    @Test
    void needsTargets() {
        assertThatThrownBy(() -> GoodputSearch.DEFAULT.search(request(Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slo");
    }

    @Test
    void traceIsWellFormed() throws java.io.IOException {
        SimulationRequest request = request(Optional.empty());
        SimulationResult result =
                new Simulator().run(request.withOptions(Fixtures.requests(20).withTraceSlices(10_000)));
        StringBuilder json = new StringBuilder();
        ChromeTrace.write(result.trace().orElseThrow(), json);
        List<String> lines = json.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("]}");
        assertThat(lines.subList(1, lines.size() - 1)).allMatch(line -> line.startsWith("{") && line.contains("}"));
        assertThat(json).containsPattern("\"ph\":\"s\"").containsPattern("\"ph\":\"f\"");
        assertThat(lines.stream().filter(line -> line.contains("\"ph\":\"s\""))).hasSize(20);
    }
}
