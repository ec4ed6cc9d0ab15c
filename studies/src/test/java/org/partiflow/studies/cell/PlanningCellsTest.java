package org.partiflow.studies.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;

@SuppressWarnings("NullAway.Init")
final class PlanningCellsTest {
    @TempDir
    Path folder = Path.of("");

    private Study study;

    @BeforeEach
    void read() throws IOException {
        Files.writeString(folder.resolve("c.yaml"), """
                partiflow: cluster/1
                name: c
                nodes:
                  - {id: n, gpu: A40, count: 2, intraNode: {bandwidth: 32 GB/s, latency: 5 us, kind: PCIE}, nic: {bandwidth: 40 Gbit/s, latency: 9 us}}
                  - {id: m, gpu: A40, count: 2, intraNode: {bandwidth: 32 GB/s, latency: 5 us, kind: PCIE}, nic: {bandwidth: 40 Gbit/s, latency: 9 us}}
                """);
        Path file = Files.writeString(folder.resolve("s.yaml"), """
                partiflow: study/1
                name: tiny
                clusters: [c.yaml]
                models: [llama-2-7b, llama-2-70b]
                workloads: [HPLD]
                seeds: 2
                planSeeds: 1
                planners: [hexgen2, nobody]
                links: [x1, x1/100]
                plans: [replanned, fixed]
                loads: [75 %, saturated]
                requests: 60
                evaluations: 100
                sloScales: [0.5, 1, 2]
                metrics: [plannedRequestsPerSecond, requestsPerSecond, attainment, deadlineScale, ttftMean]
                """);
        study = new StudyReader().readOrThrow(file);
    }

    @Test
    void cellsArePureAndPlanFixedOrAnew() {
        CellFunction function = CellFunctions.of(study, () -> 0);
        CellFunction fresh = CellFunctions.of(study, () -> 0);
        List<CellResult> fixed = new ArrayList<>();
        for (Cell cell : cells("llama-2-7b", "hexgen2")) {
            CellResult result = function.evaluate(cell, new CancellationToken());
            assertThat(result.status()).as(result.reason()).isEqualTo(CellResult.Status.DONE);
            assertThat(result.values().keySet()).contains("attainment@1", "requestsPerSecond", "cdf:ttft@0.5");
            assertThat(result.value("attainment@1")).isCloseTo(result.value("attainment"), within(1e-12));
            assertThat(result.value("attainment@2")).isGreaterThanOrEqualTo(result.value("attainment@1"));
            if (cell.get(Axis.PLAN).equals("fixed")) {
                fixed.add(result);
            }
            if (cell.seed() == 2) {
                assertThat(fresh.evaluate(cell, new CancellationToken())).isEqualTo(result);
            }
        }
        // A fixed plan is the reference's, whatever the links.
        assertThat(fixed.stream().map(r -> r.value("plannedRequestsPerSecond")).distinct())
                .hasSize(1);
    }

    @Test
    void aPlannerThatIsNotThereFailsTheCellOnly() {
        CellFunction function = CellFunctions.of(study, () -> 0);
        CellResult result = function.evaluate(cells("llama-2-7b", "nobody").get(0), new CancellationToken());
        assertThat(result.status()).isEqualTo(CellResult.Status.FAILED);
        assertThat(result.reason())
                .contains("no Planner is named 'nobody'; choose from")
                .contains("hexgen2");
    }

    @Test
    void aModelThatDoesNotFitIsInfeasible() {
        CellFunction function = CellFunctions.of(study, () -> 0);
        CellResult result = function.evaluate(cells("llama-2-70b", "hexgen2").get(0), new CancellationToken());
        assertThat(result.status()).isEqualTo(CellResult.Status.INFEASIBLE);
        assertThat(result.reason()).isNotBlank();
    }

    private List<Cell> cells(String model, String planner) {
        List<Cell> cells = new ArrayList<>();
        for (long i = 0; i < study.size(); i++) {
            Cell cell = study.cell(i);
            if (cell.get(Axis.MODEL).equals(model) && cell.get(Axis.PLANNER).equals(planner)) {
                cells.add(cell);
            }
        }
        return cells;
    }
}
