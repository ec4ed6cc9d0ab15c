package org.partiflow.studies.cell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.simulator.Extent;
import org.partiflow.simulator.OfferedLoad;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationRequest;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.simulator.Simulator;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Load;
import org.partiflow.studies.study.Study;

/** Plans and simulates. Thread-safe. */
final class PlanningCells implements CellFunction {
    private final Study study;
    private final PlanMaker maker;

    PlanningCells(Study study, LongSupplier nanoTime) {
        this.study = study;
        maker = new PlanMaker(study, nanoTime);
    }

    /**
     * {@inheritDoc} Whatever a strategy throws, be it its own bug, is the failure of this cell and not of the study: the
     * strategies are others' and there may be thousands of other cells.
     */
    @Override
    public CellResult evaluate(Cell cell, CancellationToken cancellation) {
        try {
            return evaluated(cell, cancellation);
        } catch (RuntimeException e) {
            String message = e.getMessage();
            return CellResult.without(cell.index(), CellResult.Status.FAILED, message == null ? e.toString() : message);
        }
    }

    private CellResult evaluated(Cell cell, CancellationToken cancellation) {
        PlanMaker.Made made = maker.plan(cell, cancellation);
        if (made.result() instanceof PlanningResult.Infeasible infeasible) {
            return CellResult.without(cell.index(), CellResult.Status.INFEASIBLE, infeasible.reason());
        }
        ServingPlan plan = ((PlanningResult.Planned) made.result()).plan();
        Measured measured = new Measured(study, study.drawn().matches(cell));
        measured.plan(plan, made);
        Load load = Load.parse(cell.get(Axis.LOAD));
        if (load.kind() != Load.Kind.NONE) {
            Optional<OfferedLoad> offered = offered(cell, load, cancellation);
            if (offered.isEmpty()) {
                return CellResult.without(
                        cell.index(),
                        CellResult.Status.FAILED,
                        "the study's reference variant has no plan for this problem, so there is no rate to offer");
            }
            measured.simulation(
                    simulate(cell, plan, offered.get(), cancellation),
                    maker.condition(cell).problem().workload().slo());
        }
        return CellResult.done(cell.index(), named(measured.values()));
    }

    private Optional<OfferedLoad> offered(Cell cell, Load load, CancellationToken cancellation) {
        if (load.kind() == Load.Kind.SATURATED) {
            return Optional.of(OfferedLoad.saturating());
        }
        return maker.reference(cell, cancellation).result() instanceof PlanningResult.Planned reference
                ? Optional.of(OfferedLoad.atRate(
                        load.share() * reference.plan().throughput().requestsPerSecond()))
                : Optional.empty();
    }

    private SimulationResult simulate(
            Cell cell, ServingPlan plan, OfferedLoad offered, CancellationToken cancellation) {
        PlanMaker.Condition condition = maker.condition(cell);
        SimulationOptions options = SimulationOptions.DEFAULT
                .withLoad(offered)
                .withExtent(Extent.ofRequests(study.settings().requests()))
                .withSeed(cell.seed());
        SolveControl control = new SolveControl(
                Long.MAX_VALUE, Optional.empty(), 1, cancellation, org.partiflow.api.control.ProgressListener.SILENT);
        return new Simulator()
                .run(new SimulationRequest(condition.problem(), condition.costModel(), plan, options, control));
    }

    /** The metrics that the study names, in its order, then curves. */
    private Map<String, Double> named(Map<String, Double> all) {
        Map<String, Double> named = new LinkedHashMap<>();
        study.metrics().forEach(metric -> {
            Double value = all.get(metric.name());
            if (value != null && Double.isFinite(value)) {
                named.put(metric.name(), value);
            }
        });
        all.forEach((name, value) -> {
            if (Measured.isCurve(name) && Double.isFinite(value)) {
                named.put(name, value);
            }
        });
        return named;
    }
}
