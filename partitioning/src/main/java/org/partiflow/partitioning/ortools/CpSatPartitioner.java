package org.partiflow.partitioning.ortools;

import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import java.util.List;
import java.util.Optional;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.BackendUnavailableException;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.partitioning.SmallestImbalance;
import org.partiflow.partitioning.SpectralKernighanLinPartitioner;

/**
 * An integer program on counts of interchangeable vertices per block, solved by CP-SAT of OR-Tools with one worker from
 * the answer of {@code spectral-kl}. Proves optimum or infeasibility where it finishes within its deterministic time;
 * otherwise the best it has. Models of more than {@value CountModel#MOST_PRODUCTS} products are not built.
 *
 * <p>Reproducible for a request without a time limit: 100,000 evaluations of the control are one deterministic second of
 * CP-SAT, of which it takes at most {@value #MOST_SECONDS}. Cancellation is seen before the solve only. Every answer is
 * checked in plain Java. Stateless and thread-safe. Model and measurements: docs/algorithms/ilp-partition.md.
 */
public final class CpSatPartitioner implements Partitioner {
    private static final double MOST_SECONDS = 10;
    private static final double SECONDS_BY_EVALUATION = 1e-5;
    private static final double NANOS = 1e9;

    /** Makes one; found by {@link java.util.ServiceLoader} as {@code ilp}. */
    public CpSatPartitioner() {}

    @Override
    public String name() {
        return "ilp";
    }

    @Override
    public String description() {
        return "integer program on counts per node, CP-SAT of OR-Tools; proves what it can in limited time";
    }

    @Override
    public Optional<String> unavailable() {
        return CpSatLoader.unavailable();
    }

    /**
     * {@inheritDoc}
     *
     * @throws BackendUnavailableException if the native library does not load
     */
    @Override
    public PartitionResult partition(PartitionRequest request) {
        unavailable().ifPresent(reason -> {
            throw new BackendUnavailableException("'" + name() + "' is not available: " + reason);
        });
        Budget budget = request.control().start();
        PartitionResult start = new SpectralKernighanLinPartitioner().partition(request);
        CountModel model = new CountModel(request);
        if (start instanceof PartitionResult.Infeasible
                || !budget.mayGoOn()
                || request.blocks() == 1
                || model.products() > CountModel.MOST_PRODUCTS) {
            return start;
        }
        model.build();
        if (start instanceof PartitionResult.Found found) {
            model.hint(found.partition());
        }
        CpSolver solver = new CpSolver();
        configure(solver, request);
        CpSolverStatus status = solver.solve(model.model);
        return switch (status) {
            case INFEASIBLE ->
                start instanceof PartitionResult.Found
                        ? start
                        : new PartitionResult.Infeasible(
                                "CP-SAT proved that no partition keeps the limits", SmallestImbalance.of(request));
            case OPTIMAL, FEASIBLE -> better(request, start, model.partition(solver));
            default -> start;
        };
    }

    private static void configure(CpSolver solver, PartitionRequest request) {
        double seconds = Math.min(MOST_SECONDS, request.control().maxEvaluations() * SECONDS_BY_EVALUATION);
        solver.getParameters()
                .setNumWorkers(1)
                .setRandomSeed((int) (request.seed() & Integer.MAX_VALUE))
                .setMaxDeterministicTime(seconds);
        request.control()
                .timeLimit()
                .ifPresent(limit -> solver.getParameters().setMaxTimeInSeconds(limit.toNanos() / NANOS));
    }

    private static PartitionResult better(PartitionRequest request, PartitionResult start, Partition partition) {
        List<Violation> violations = PartitionChecker.violations(request, partition);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("CP-SAT returned a partition that breaks a limit: " + violations.get(0));
        }
        boolean keepStart = start instanceof PartitionResult.Found found
                && PartitionMetrics.of(request.graph(), found.partition()).cut()
                        <= PartitionMetrics.of(request.graph(), partition).cut();
        return keepStart ? start : new PartitionResult.Found(partition);
    }
}
