package org.partiflow.benchmarks;

import io.vavr.control.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.Provenance;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.ModelReader;
import org.partiflow.io.WorkloadReader;

/** The planning problems that end-to-end comparisons run on: clusters times models times workloads. */
record Cases(List<Case> all) {
    private static final String NO_DIGEST = "0".repeat(64);

    /** One problem with its name. */
    record Case(String name, PlanningProblem problem) {
        /**
         * Requests per second of a planner's plan; 0 if it finds none.
         *
         * @param planner a name, with a partitioner and a refinement if wanted: {@code hexgen2/greedy/none}
         */
        double value(String planner, PlanningOptions base, SolveControl control) {
            String[] parts = planner.split("/", -1);
            PlanningOptions options = new PlanningOptions(
                    parts.length > 1 ? parts[1] : base.partitioner(),
                    base.flow(),
                    parts.length > 2 ? Refinement.valueOf(parts[2].toUpperCase(Locale.ROOT)) : base.refinement(),
                    base.objective(),
                    base.requiredRate(),
                    base.seed(),
                    base.replayTop());
            return value(Strategies.named(Planner.class, parts[0]), options, control);
        }

        /** The same of a planner with options of its own. */
        double value(Planner planner, PlanningOptions options, SolveControl control) {
            PlanningResult result = planner.plan(new PlanningRequest(
                    problem,
                    Strategies.named(CostModelFactory.class, "roofline").create(problem),
                    options,
                    control));
            return result instanceof PlanningResult.Planned planned
                    ? planned.plan().throughput().requestsPerSecond()
                    : 0;
        }
    }

    /** From {@code models workloads cluster-file...}, models and workloads comma-separated, from {@code first} on. */
    static Cases of(String[] arguments, int first) {
        List<Case> cases = new ArrayList<>();
        for (String cluster : Arrays.asList(arguments).subList(first + 2, arguments.length)) {
            for (String model : arguments[first].split(",", -1)) {
                for (String workload : arguments[first + 1].split(",", -1)) {
                    cases.add(read(Path.of(cluster), model, workload));
                }
            }
        }
        return new Cases(cases);
    }

    private static Case read(Path cluster, String model, String workload) {
        PlanningProblem problem = new PlanningProblem(
                value(new ClusterReader().read(cluster)).value(),
                value(new ModelReader().readNameOrFile(model)).value(),
                value(new WorkloadReader().readNameOrFile(workload)).value(),
                ServingOptions.DEFAULT,
                new Provenance(NO_DIGEST, NO_DIGEST, NO_DIGEST));
        return new Case(problem.cluster().name() + " " + model + " " + workload, problem);
    }

    private static <E, T> T value(Validation<E, T> read) {
        if (read.isInvalid()) {
            throw new IllegalArgumentException(read.getError().toString());
        }
        return read.get();
    }
}
