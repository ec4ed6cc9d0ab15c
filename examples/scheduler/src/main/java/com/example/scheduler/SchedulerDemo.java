package com.example.scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.Catalogue;

/** Plans 128 GPUs within 100 ms and prints what a scheduler would now start. */
public final class SchedulerDemo {
    private SchedulerDemo() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        TransformerModel model =
                Catalogue.findModel("llama-3.1-70b").orElseThrow().value();
        PlanningProblem problem =
                PlanningProblem.of(Inventory.racks(8), model, Workload.fixed("chat", 1200, 250));
        List<ProgressEvent> heard = new ArrayList<>();
        PlanningResult result = PlanInTime.plan(problem, Duration.ofMillis(100), heard::add);
        if (result instanceof PlanningResult.Planned planned) {
            print(planned.plan(), heard.size());
        } else if (result instanceof PlanningResult.Infeasible infeasible) {
            System.out.println("nothing to start: " + infeasible.reason());
        }
    }

    private static void print(ServingPlan plan, int events) {
        System.out.printf(
                "%d groups for %.1f requests/s, %s after %d evaluations and %d events%n",
                plan.groups().size(),
                plan.throughput().requestsPerSecond(),
                plan.termination().reason(),
                plan.termination().evaluations(),
                events);
        for (ServingGroup group : plan.groups()) {
            System.out.println("start " + group.id() + " (" + group.phase() + ") on "
                    + group.stages().stream().map(stage -> stage.gpus()).toList());
        }
    }
}
