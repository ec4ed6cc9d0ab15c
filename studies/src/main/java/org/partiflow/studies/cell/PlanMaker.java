package org.partiflow.studies.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Load;
import org.partiflow.studies.study.PlanUse;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudySettings;

/** Makes the plans of a study's cells, each once as long as it is remembered. Thread-safe. */
public final class PlanMaker {
    private static final int REMEMBERED = 512;

    private final Study study;
    private final LongSupplier nanoTime;
    private final PlanMemo<List<String>, Made> plans = new PlanMemo<>(REMEMBERED);
    private final PlanMemo<List<String>, Condition> conditions = new PlanMemo<>(REMEMBERED);

    /** For a study; the clock is for the planning time. */
    public PlanMaker(Study study, LongSupplier nanoTime) {
        this.study = study;
        this.nanoTime = nanoTime;
    }

    /** A problem and its cost model. */
    public record Condition(PlanningProblem problem, CostModel costModel) {}

    /** The best throughput after some evaluations. */
    public record Step(long evaluations, double requestsPerSecond) {}

    /** An outcome, how it was approached, and how long it took. */
    public record Made(PlanningResult result, List<Step> steps, double seconds) {
        /** Copies the list. */
        public Made {
            steps = List.copyOf(steps);
        }
    }

    /** What a cell is about. */
    public Condition condition(Cell cell) {
        List<String> key = List.of(
                cell.get(Axis.CLUSTER),
                cell.get(Axis.MODEL),
                cell.get(Axis.WORKLOAD),
                cell.get(Axis.KV_PROTOCOL),
                cell.get(Axis.LINK));
        return conditions.get(key, () -> {
            PlanningProblem problem = study.problems().of(cell);
            return new Condition(
                    problem,
                    Strategies.named(CostModelFactory.class, study.settings().costModel())
                            .create(problem));
        });
    }

    /** The plan of a cell: for its own condition, or for the reference's if the cell says so. */
    public Made plan(Cell cell, CancellationToken cancellation) {
        Cell planned = planned(cell);
        return plans.get(planned.values(), () -> make(planned, cancellation));
    }

    /** The plan that loads of the cell's problem refer to. */
    public Made reference(Cell cell, CancellationToken cancellation) {
        Map<Axis, String> reference = new LinkedHashMap<>(study.settings().reference());
        reference.put(Axis.SEED, study.grids().get(0).of(Axis.SEED).get(0));
        reference.put(Axis.PLAN, PlanUse.REPLANNED.label());
        return plan(cell.replaced(reference), cancellation);
    }

    /** The cell with all that does not touch its plan made equal. */
    private Cell planned(Cell cell) {
        StudySettings settings = study.settings();
        Map<Axis, String> by = new LinkedHashMap<>();
        by.put(Axis.LOAD, Load.Kind.NONE.name().toLowerCase(Locale.ROOT));
        by.put(Axis.PLAN, PlanUse.REPLANNED.label());
        by.put(Axis.SEED, planSeed(cell));
        if (PlanUse.parse(cell.get(Axis.PLAN)) == PlanUse.FIXED) {
            for (Axis axis : List.of(Axis.KV_PROTOCOL, Axis.LINK)) {
                by.put(axis, settings.reference().getOrDefault(axis, cell.get(axis)));
            }
        }
        return cell.replaced(by);
    }

    /** The cell's own seed, or the one of the few plan seeds that it shares. */
    private String planSeed(Cell cell) {
        StudySettings settings = study.settings();
        if (settings.seededPartitioners().contains(cell.get(Axis.PARTITIONER))) {
            return cell.get(Axis.SEED);
        }
        List<String> seeds = study.grid(cell.grid()).of(Axis.SEED);
        int position = Math.max(0, seeds.indexOf(cell.get(Axis.SEED)));
        return seeds.get(position % settings.planSeeds());
    }

    private Made make(Cell cell, CancellationToken cancellation) {
        StudySettings settings = study.settings();
        Condition condition = condition(cell);
        List<Step> steps = new ArrayList<>();
        SolveControl control = new SolveControl(settings.evaluations(), Optional.empty(), 1, cancellation, event -> {
            if (event instanceof ProgressEvent.Improved improved) {
                steps.add(new Step(improved.evaluations(), improved.requestsPerSecond()));
            }
        });
        PlanningOptions options = new PlanningOptions(
                cell.get(Axis.PARTITIONER),
                cell.get(Axis.FLOW),
                Refinement.valueOf(cell.get(Axis.REFINEMENT).toUpperCase(Locale.ROOT)),
                settings.objective(),
                0,
                cell.seed());
        Planner planner = Strategies.named(Planner.class, cell.get(Axis.PLANNER));
        PlanningRequest request = new PlanningRequest(condition.problem(), condition.costModel(), options, control);
        long start = nanoTime.getAsLong();
        PlanningResult result = planner.plan(request);
        return new Made(result, steps, (nanoTime.getAsLong() - start) * 1e-9);
    }
}
