package com.example.scheduler;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;

/** Plans for a given time and takes the best plan that there is by then. Stateless. */
final class PlanInTime {
    private PlanInTime() {}

    /** The outcome of planning for so long with the racks' own partitioner; {@code heard} is told of everything. */
    static PlanningResult plan(PlanningProblem problem, Duration patience, Consumer<ProgressEvent> heard) {
        PlanningOptions options = new PlanningOptions(
                RackOrderPartitioner.NAME,
                "push-relabel",
                PlanningOptions.Refinement.GUIDED,
                Objective.THROUGHPUT,
                0,
                42);
        CancellationToken stop = new CancellationToken();
        SolveControl control = new SolveControl(Long.MAX_VALUE, Optional.empty(), 1, stop, heard::accept);
        PlanningRequest request = new PlanningRequest(
                problem, Strategies.named(CostModelFactory.class, "roofline").create(problem), options, control);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            timer.schedule(stop::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
            return Strategies.named(Planner.class, "hexgen2").plan(request);
        } finally {
            timer.shutdownNow();
        }
    }
}
