package com.example.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

class PlanInTimeTest {
    @Test
    void after100MillisecondsTheBestPlanSoFarIsTaken() {
        PlanningProblem problem = PlanningProblem.of(Inventory.racks(32), Models.llama2_70b(), Workloads.hphd());
        List<ProgressEvent> heard = new ArrayList<>();
        PlanningResult result = PlanInTime.plan(problem, Duration.ofMillis(100), heard::add);

        assertThat(result).isInstanceOf(PlanningResult.Planned.class);
        ServingPlan plan = ((PlanningResult.Planned) result).plan();
        assertThat(plan.termination().reason()).isEqualTo("CANCELLED");
        assertThat(plan.alternatives()).anyMatch(other -> other.name().contains(RackOrderPartitioner.NAME));
        assertThat(heard).hasAtLeastOneElementOfType(ProgressEvent.Improved.class);
        assertThat(plan.throughput().requestsPerSecond())
                .isGreaterThanOrEqualTo(heard.stream()
                        .filter(ProgressEvent.Improved.class::isInstance)
                        .mapToDouble(event -> ((ProgressEvent.Improved) event).requestsPerSecond())
                        .max()
                        .orElseThrow()
                        * (1 - 1e-6));
        assertThat(PlanChecker.violations(
                        problem,
                        Strategies.named(CostModelFactory.class, "roofline").create(problem),
                        plan))
                .isEmpty();
    }
}
