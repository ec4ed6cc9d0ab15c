package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.PlanningPhase;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** What Flight Recorder sees of a plan. */
class PlanningPhasesTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aPlanLeavesItsPhases() throws IOException {
        PlanningProblem problem = PlanningProblem.of(Clusters.mixed20(), Models.llama2_70b(), Workloads.hpld());
        PlanningRequest request = new PlanningRequest(
                problem,
                Strategies.named(CostModelFactory.class, "roofline").create(problem),
                PlanningOptions.DEFAULT,
                SolveControl.evaluations(300));
        Path file = directory.resolve("plan.jfr");
        PlanningResult result;
        try (Recording recording = new Recording()) {
            recording.enable(PlanningPhase.EVENT).withoutThreshold();
            recording.start();
            result = new HexGen2Planner().plan(request);
            recording.stop();
            recording.dump(file);
        }
        ServingPlan plan = ((PlanningResult.Planned) result).plan();
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events)
                .extracting(event -> event.getString("phase"))
                .contains("bound", "partition", "certify")
                .anyMatch(phase -> phase.startsWith("search "));
        RecordedEvent certify = events.stream()
                .filter(event -> event.getString("phase").equals("certify"))
                .findFirst()
                .orElseThrow();
        assertThat(certify.getDouble("requestsPerSecond"))
                .isCloseTo(plan.throughput().requestsPerSecond(), within(1e-9));
        long searched = events.stream()
                .filter(event -> event.getString("phase").startsWith("search "))
                .mapToLong(event -> event.getLong("evaluations"))
                .sum();
        assertThat(searched).isBetween(1L, plan.termination().evaluations());
    }
}
