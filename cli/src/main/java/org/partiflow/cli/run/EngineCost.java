package org.partiflow.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.check.DeploymentRules;
import org.partiflow.api.check.Violation;
import org.partiflow.api.plan.PlannedServing;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.studies.words.Numbers;

/** What it costs to keep to plans that an engine can run: noted among a plan's alternatives. Stateless. */
public final class EngineCost {
    private EngineCost() {}

    /**
     * The plan with what the same planner reaches for any engine among its alternatives. A plan that the engine can run is a
     * plan for any engine, so that is at least the plan's own value.
     *
     * @throws IllegalArgumentException if the planner did not keep to what the engine can run
     */
    public static PlanningResult.Planned noted(
            PlanningProblem problem, PlanningResult.Planned planned, PlanningResult without) {
        ServingPlan plan = planned.plan();
        List<Violation> violations = DeploymentRules.violations(problem, plan);
        TargetEngine engine = problem.serving().engine();
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException("--engine " + engine.label() + ": this planner makes plans that "
                    + engine.label() + " cannot run (" + violations.get(0) + "); use --planner partiflow");
        }
        double value = plan.throughput().requestsPerSecond();
        if (without instanceof PlanningResult.Planned free) {
            value = Math.max(value, free.plan().throughput().requestsPerSecond());
        }
        List<ServingPlan.Alternative> alternatives = new ArrayList<>(plan.alternatives());
        alternatives.add(new ServingPlan.Alternative(name(engine), value));
        return new PlanningResult.Planned(new ServingPlan(
                plan.generator(),
                plan.inputs(),
                plan.groups(),
                plan.routes(),
                plan.throughput(),
                plan.certificate(),
                plan.unusedGpus(),
                plan.cost(),
                alternatives,
                plan.termination(),
                plan.warnings()));
    }

    /** The engine and the cost in words; empty for plans for any engine. */
    public static Optional<String> words(ServingPlan plan) {
        PlannedServing serving = plan.inputs().serving();
        if (serving == null || serving.engine() == TargetEngine.ANY) {
            return Optional.empty();
        }
        String engine = serving.engine().label();
        String cost = plan.alternatives().stream()
                .filter(a -> a.name().equals(name(serving.engine())))
                .findFirst()
                .map(a -> cost(plan.throughput().requestsPerSecond(), a.requestsPerSecond()))
                .orElse("");
        return Optional.of("deployable with " + engine + cost);
    }

    private static String cost(double value, double without) {
        return value >= without
                ? ", which costs no throughput"
                : ", which costs " + Numbers.percent(1 - value / without) + " of " + Numbers.round(without) + " req/s";
    }

    private static String name(TargetEngine engine) {
        return "without --engine " + engine.label();
    }
}
