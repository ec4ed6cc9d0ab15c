package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.report.SimulationReport;

/**
 * Replays one plan at several loads and with several seeds, on as many threads as the request's control allows. Results
 * come in the order of the loads, then of the seeds, and do not depend on the number of threads. Immutable and
 * thread-safe.
 *
 * @param loads at least one
 * @param seeds at least one
 */
public record Sweep(List<OfferedLoad> loads, List<Long> seeds) {
    /** Copies the lists; rejects empty ones. */
    public Sweep {
        loads = List.copyOf(loads);
        seeds = List.copyOf(seeds);
        if (loads.isEmpty() || seeds.isEmpty()) {
            throw new IllegalArgumentException(
                    "a sweep needs loads and seeds, got " + loads.size() + " and " + seeds.size());
        }
    }

    /**
     * One replay.
     *
     * @param requestsPerSecond offered rate
     * @param seed its seed
     * @param report what was measured
     * @param complete whether it ran to its end; false if a limit or a cancellation struck
     */
    public record Run(double requestsPerSecond, long seed, SimulationReport report, boolean complete) {}

    /**
     * Replays; the request's own load and seed are not used. The listener hears of finished runs, on the calling thread.
     *
     * @throws IllegalArgumentException as {@link Simulator#run}
     */
    public List<Run> run(SimulationRequest request) {
        ExecutorService pool =
                Executors.newFixedThreadPool(Math.min(request.control().threads(), loads.size() * seeds.size()));
        try {
            List<Future<Run>> futures = new ArrayList<>();
            for (OfferedLoad load : loads) {
                for (long seed : seeds) {
                    futures.add(pool.submit(() -> replay(request, load, seed)));
                }
            }
            List<Run> runs = new ArrayList<>();
            for (Future<Run> future : futures) {
                runs.add(await(future, request.control()));
                request.control().listener().on(new ProgressEvent.Advanced(runs.size(), futures.size()));
            }
            return runs;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Run replay(SimulationRequest request, OfferedLoad load, long seed) {
        SolveControl control = request.control();
        SolveControl own = new SolveControl(
                control.maxEvaluations(), control.timeLimit(), 1, control.cancellation(), ProgressListener.SILENT);
        SimulationOptions options =
                request.options().withLoad(load).withSeed(seed).withTraceSlices(0);
        SimulationResult result = new Simulator()
                .run(new SimulationRequest(request.problem(), request.costModel(), request.plan(), options, own));
        double rate = load.apply(request.problem().workload().arrivals(), request.plan())
                .ratePerSecond();
        return new Run(
                rate, seed, result.report(), result.termination().reason().equals("CONVERGED"));
    }

    private static Run await(Future<Run> future, SolveControl control) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true; // the replays stop early by the same token, with results
                    control.cancellation().cancel();
                } catch (ExecutionException e) {
                    throw unwrapped(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
}
