package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.workload.Arrivals;
import org.partiflow.api.workload.EmpiricalLengths;
import org.partiflow.api.workload.RequestClass;
import org.partiflow.api.workload.Workload;

class BackPressureTest {
    @Test
    void scarceMemoryDelaysButLosesNothing() {
        SimulationReport report = Fixtures.run(
                        Fixtures.problem(Fixtures.workload(100, 20, Arrivals.poisson(1000))),
                        Fixtures.disaggregated(8, 64, 210, 250),
                        Fixtures.requests(2000))
                .report();
        assertThat(report.requests()).isEqualTo(new SimulationReport.Requests(2000, 2000, 0, 0));
        assertThat(report.groups())
                .allSatisfy(use -> assertThat(use.kvPeakUtilization()).isBetween(0.9, 1.0));
        assertThat(report.latency().kvTransferVisibleSeconds().mean())
                .isGreaterThan(report.latency().kvTransferSeconds().mean());
    }

    @Test
    void whatCanNeverFitIsRejectedAndCountsAsMissed() {
        Workload mixed = new Workload(
                "w",
                List.of(
                        new RequestClass("short", 0.5, new EmpiricalLengths(new int[] {100}, new int[] {10})),
                        new RequestClass("long", 0.5, new EmpiricalLengths(new int[] {100}, new int[] {1000}))),
                Arrivals.poisson(1),
                Fixtures.workload(1, 1, Arrivals.poisson(1)).slo());
        SimulationReport report = Fixtures.run(
                        Fixtures.problem(mixed), Fixtures.disaggregated(8, 64, 1000, 1000), Fixtures.requests(1000))
                .report();
        assertThat(report.requests().rejected()).isBetween(400L, 600L);
        assertThat(report.requests().completed() + report.requests().rejected()).isEqualTo(1000);
        assertThat(report.slo().orElseThrow().attainment())
                .isEqualTo(report.requests().completed() / 1000.0);
    }

    @Test
    void recordedRowsArriveInOrder() {
        Workload trace = new Workload(
                "w",
                List.of(new RequestClass("c", 1, new EmpiricalLengths(new int[] {5, 6, 7}, new int[] {1, 2, 3}))),
                Fixtures.at(0.0, 0.5, 0.5),
                java.util.Optional.empty());
        RequestRecords records = Fixtures.run(
                        Fixtures.problem(trace), Fixtures.single(Phase.COLOCATED, 4, 100), Fixtures.requests(10))
                .records();
        assertThat(records.size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(records.promptTokens(i)).isEqualTo(5 + i);
            assertThat(records.outputTokens(i)).isEqualTo(1 + i);
        }
    }

    @Test
    void stoppingAtTheLastArrivalLeavesRequestsUnfinished() {
        SimulationReport report = Fixtures.run(
                        Fixtures.problem(Fixtures.workload(100, 20, Arrivals.poisson(1000))),
                        Fixtures.disaggregated(8, 64, 1000, 1000),
                        Fixtures.requests(2000).withDrain(false))
                .report();
        assertThat(report.requests().unfinished()).isPositive();
        assertThat(report.requests().completed() + report.requests().unfinished())
                .isEqualTo(2000);
    }

    @Test
    void cancellationGivesANormalResult() {
        CancellationToken token = new CancellationToken();
        token.cancel();
        SolveControl control =
                new SolveControl(Long.MAX_VALUE, java.util.Optional.empty(), 1, token, ProgressListener.SILENT);
        SimulationResult result = new Simulator()
                .run(new SimulationRequest(
                        Fixtures.problem(Fixtures.workload(10, 2, Arrivals.poisson(10))),
                        AnalyticCosts.DEFAULT,
                        Fixtures.disaggregated(1, 1, 1000, 1000),
                        SimulationOptions.DEFAULT,
                        control));
        assertThat(result.termination().reason()).isEqualTo("CANCELLED");
        assertThat(result.report().requests().completed()).isZero();
    }

    @Test
    void anEventLimitIsDeterministic() {
        SimulationRequest request = new SimulationRequest(
                Fixtures.problem(Fixtures.workload(10, 20, Arrivals.poisson(10))),
                AnalyticCosts.DEFAULT,
                Fixtures.disaggregated(1, 8, 1000, 1000),
                SimulationOptions.DEFAULT,
                SolveControl.evaluations(5000));
        SimulationResult result = new Simulator().run(request);
        assertThat(result.termination().reason()).isEqualTo("LIMIT");
        assertThat(result.termination().limit()).isEqualTo("evaluations");
        assertThat(result.report()).isEqualTo(new Simulator().run(request).report());
        SimulationReport.Requests requests = result.report().requests();
        assertThat(requests.arrived()).isEqualTo(requests.completed() + requests.unfinished());
    }

    @Test
    void sharesArriveInterleaved() {
        ServingPlan plan = Fixtures.plan(
                1,
                List.of(
                        Fixtures.group("p0", Phase.PREFILL, 1, 1000, "n0/0"),
                        Fixtures.group("d0", Phase.DECODE, 8, 1000, "n1/0"),
                        Fixtures.group("d1", Phase.DECODE, 8, 1000, "n2/0")),
                List.of(Fixtures.route("p0", "d0", 0.75), Fixtures.route("p0", "d1", 0.25)));
        SimulationResult result = Fixtures.run(
                Fixtures.problem(Fixtures.workload(10, 5, Arrivals.poisson(1))),
                plan,
                Fixtures.requests(400).withTraceSlices(100_000));
        assertThat(result.trace().orElseThrow().transfers())
                .filteredOn(t -> t.to() == 2)
                .hasSize(100);
    }
}
