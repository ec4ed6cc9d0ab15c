package org.partiflow.partitioning.ortools;

import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import java.util.Optional;
import org.partiflow.api.check.PhasePartitionChecker;
import org.partiflow.api.control.Budget;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PhaseMetrics;
import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;
import org.partiflow.api.spi.BackendUnavailableException;
import org.partiflow.api.spi.PhasePartitioner;
import org.partiflow.partitioning.phase.SpectralPhasePartitioner;

/**
 * A 0-1 program, one variable by group and one by pair with bandwidth, solved by CP-SAT of OR-Tools with one worker from
 * the answer of {@code spectral-kl}. Proves optimum or infeasibility where it finishes; otherwise the best it has. Up to
 * {@value #MOST_GROUPS} groups; beyond, the answer of {@code spectral-kl}.
 *
 * <p>Reproducible for a request without a time limit: 100,000 evaluations of the control are one deterministic second of
 * CP-SAT, of which it takes at most {@value #MOST_SECONDS}. Cancellation is seen before the solve only. Every answer is
 * checked in plain Java. Stateless and thread-safe.
 */
public final class CpSatPhasePartitioner implements PhasePartitioner {
    private static final int MOST_GROUPS = 200;
    private static final double MOST_SECONDS = 10;
    private static final double SECONDS_BY_EVALUATION = 1e-5;
    private static final double NANOS = 1e9;

    /** Makes one; found by {@link java.util.ServiceLoader} as {@code ilp}. */
    public CpSatPhasePartitioner() {}

    @Override
    public String name() {
        return "ilp";
    }

    @Override
    public String description() {
        return "0-1 program by CP-SAT of OR-Tools; proves what it can in limited time";
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
    public PhasePartitionResult partition(PhasePartitionRequest request) {
        unavailable().ifPresent(reason -> {
            throw new BackendUnavailableException("'" + name() + "' is not available: " + reason);
        });
        Budget budget = request.control().start();
        PhasePartitionResult start = new SpectralPhasePartitioner().partition(request);
        if (!budget.mayGoOn() || request.graph().size() > MOST_GROUPS) {
            return start;
        }
        if (start instanceof PhasePartitionResult.Found found) {
            return mostBandwidth(request, found);
        }
        return feasible(request, start);
    }

    private static PhasePartitionResult mostBandwidth(PhasePartitionRequest request, PhasePartitionResult.Found start) {
        PhaseModel model = new PhaseModel(request.graph());
        model.requireSupply(request.leastSupply());
        boolean unscaled = model.maximiseBandwidth();
        model.hint(start.partition());
        CpSolver solver = new CpSolver();
        CpSolverStatus status = solve(solver, model, request);
        if (status != CpSolverStatus.OPTIMAL && status != CpSolverStatus.FEASIBLE) {
            return start;
        }
        boolean proven = unscaled && status == CpSolverStatus.OPTIMAL;
        Partition partition = model.partition(solver);
        requireValid(request, partition);
        long found = PhaseMetrics.of(request.graph(), partition).bandwidth();
        long given = PhaseMetrics.of(request.graph(), start.partition()).bandwidth();
        return new PhasePartitionResult.Found(found > given ? partition : start.partition(), proven);
    }

    /** The start found none within the limits: the greatest supply decides. */
    private static PhasePartitionResult feasible(PhasePartitionRequest request, PhasePartitionResult start) {
        PhaseModel model = new PhaseModel(request.graph());
        model.maximiseSupply();
        CpSolver solver = new CpSolver();
        CpSolverStatus status = solve(solver, model, request);
        if (status != CpSolverStatus.OPTIMAL && status != CpSolverStatus.FEASIBLE) {
            return start;
        }
        Partition partition = model.partition(solver);
        long supply = PhaseMetrics.of(request.graph(), partition).supply();
        if (supply >= request.leastSupply()) {
            requireValid(request, partition);
            return mostBandwidth(request, new PhasePartitionResult.Found(partition, false));
        }
        return status != CpSolverStatus.OPTIMAL
                ? start
                : new PhasePartitionResult.Infeasible(
                        "each side must supply " + request.leastSupply()
                                + ", but CP-SAT proved that the greatest supply of all assignments is " + supply
                                + "; ask for less supply",
                        new PhasePartitionResult.Nearest(supply, true, partition));
    }

    private static CpSolverStatus solve(CpSolver solver, PhaseModel model, PhasePartitionRequest request) {
        double seconds = Math.min(MOST_SECONDS, request.control().maxEvaluations() * SECONDS_BY_EVALUATION);
        solver.getParameters()
                .setNumWorkers(1)
                .setRandomSeed((int) (request.seed() & Integer.MAX_VALUE))
                .setMaxDeterministicTime(seconds);
        request.control()
                .timeLimit()
                .ifPresent(limit -> solver.getParameters().setMaxTimeInSeconds(limit.toNanos() / NANOS));
        return solver.solve(model.model);
    }

    private static void requireValid(PhasePartitionRequest request, Partition partition) {
        var violations = PhasePartitionChecker.violations(request, partition);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("CP-SAT returned an assignment that breaks a limit: " + violations.get(0));
        }
    }
}
