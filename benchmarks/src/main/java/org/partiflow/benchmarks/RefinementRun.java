package org.partiflow.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.solvers.placement.HexGen2Options;
import org.partiflow.solvers.placement.HexGen2Planner;

/**
 * One run of a variant of HexGen-2's refinement.
 *
 * @param value requests per second of the plan
 * @param steps how it was approached
 */
record RefinementRun(double value, List<ProgressEvent.Improved> steps) {
    /** No limit but the evaluations: the refinement shakes on until they are used up. */
    private static final Map<String, String> UNTIL_THE_LIMIT =
            Map.of("work", "1000000000", "shakes-without-gain", "1000000");

    /** A variant of the refinement. */
    enum Variant {
        /** Moves at the bottleneck. */
        GUIDED,
        /** Random moves. */
        RANDOM,
        /** HexGen's genetic algorithm. */
        GENETIC,
        /** The best start. */
        NONE;

        /** Runs it. */
        RefinementRun run(Cases.Case problem, long seed, long evaluations) {
            Refinement refinement = switch (this) {
                case GUIDED -> Refinement.GUIDED;
                case RANDOM -> Refinement.RANDOM;
                case GENETIC, NONE -> Refinement.NONE;
            };
            Planner planner = this == GENETIC
                    ? Strategies.named(Planner.class, "hexgen2-ga")
                    : new HexGen2Planner(HexGen2Options.of(UNTIL_THE_LIMIT));
            PlanningOptions options =
                    new PlanningOptions("spectral-kl", "push-relabel", refinement, Objective.THROUGHPUT, 0, seed);
            List<ProgressEvent.Improved> steps = new ArrayList<>();
            SolveControl control =
                    new SolveControl(evaluations, Optional.empty(), 1, new CancellationToken(), event -> {
                        if (event instanceof ProgressEvent.Improved improved) {
                            steps.add(improved);
                        }
                    });
            return new RefinementRun(problem.value(planner, options, control), steps);
        }
    }

    RefinementRun {
        steps = List.copyOf(steps);
    }

    /** The best value within so many evaluations; 0 if there was none yet. */
    double valueAt(long evaluations) {
        return steps.stream()
                .filter(step -> step.evaluations() <= evaluations)
                .mapToDouble(ProgressEvent.Improved::requestsPerSecond)
                .max()
                .orElse(0);
    }

    /** Evaluations until a value was reached; infinite if it was not. */
    double evaluationsTo(double target) {
        return steps.stream()
                .filter(step -> step.requestsPerSecond() >= target)
                .mapToDouble(ProgressEvent.Improved::evaluations)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
