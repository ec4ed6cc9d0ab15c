package org.partiflow.solvers.helix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.layers.LayerNetwork;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.solvers.flow.PushRelabelSolver;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.placement.Candidate;
import org.partiflow.solvers.placement.Candidates;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * Helix (Mei et al., ASPLOS 2025, arXiv:2406.01566) as a planner: layers are placed by {@link LayerPlacer} so that the
 * flow of tokens through machines is greatest, every machine doing prefill and decode. A plan holds whole copies of the
 * model only, so the layer flow is taken apart into pipelines without a machine in common; machines that are left over
 * join the pipeline that gains most, or make one more. Every group then takes its own best split of the layers.
 *
 * <p>Machines are tensor-parallel sets of 1, 2, 4 or 8 GPUs; each degree is tried and the best plan taken. Stateless and
 * thread-safe; deterministic in the seed; partitioner and refinement are not used.
 */
public final class HelixPlanner implements Planner {
    private static final int[] DEGREES = {8, 4, 2, 1};
    /** Annealing runs and steps for each machine; in sum at most as many steps as below, so that large clusters end. */
    private static final int RESTARTS = 3;

    private static final int STEPS_PER_MACHINE = 1_500;
    private static final long MOST_STEPS = 60_000;
    /** More machines than this are left to coarser sets. */
    private static final int MOST_MACHINES = 600;

    /** Made by the service loader. */
    public HelixPlanner() {}

    @Override
    public String name() {
        return "helix";
    }

    @Override
    public String description() {
        return "Helix: layer placement by max flow over layers, colocated, pipelines without a machine in common";
    }

    @Override
    public PlanningResult plan(PlanningRequest request) {
        Candidates candidates = new Candidates(request);
        MachineRates rates = new MachineRates(
                request.problem(),
                request.costModel(),
                candidates.groups().strategies().evaluator());
        Candidate best = null;
        for (int degree : DEGREES) {
            if (best != null && !candidates.budget().mayGoOn()) {
                break;
            }
            ClusterMachines machines = ClusterMachines.of(request.problem(), candidates.classes(), rates, degree);
            if (machines == null || machines.problem().machines() > MOST_MACHINES) {
                continue;
            }
            Candidate candidate = candidate(candidates, machines);
            if (candidate != null && (best == null || candidate.isBetterThan(best))) {
                best = candidate;
            }
        }
        return candidates.finish(best, name());
    }

    private static @Nullable Candidate candidate(Candidates candidates, ClusterMachines machines) {
        int steps = (int) Math.max(
                1, Math.min(STEPS_PER_MACHINE, MOST_STEPS / machines.problem().machines()));
        PlacementOptions options = new PlacementOptions(
                PlacementOptions.DEFAULT.lengthDiscount(),
                RESTARTS,
                steps,
                candidates.request().options().seed());
        LayerPlacementResult.Alternative placed = new LayerPlacer(options)
                .search(machines.problem(), candidates.budget().nested());
        if (placed == null) {
            return null;
        }
        LayerNetwork network = LayerNetwork.of(machines.problem(), placed.placement());
        MaxFlow flow = new PushRelabelSolver().solve(network.network());
        return filled(candidates, machines, Pipelines.of(machines.problem(), placed.placement(), network, flow));
    }

    /** The groups of the pipelines that can serve, and then what the other machines add. */
    private static @Nullable Candidate filled(
            Candidates candidates, ClusterMachines machines, List<List<Integer>> pipelines) {
        List<GpuSet> sets = new ArrayList<>();
        boolean[] used = new boolean[machines.problem().machines()];
        for (List<Integer> pipeline : pipelines) {
            GpuSet set = GpuSet.empty(candidates.classes());
            for (int m : pipeline) {
                set = set.plus(machines.node(m), machines.degree(m));
            }
            if (group(candidates, set).strategy().isFeasible()) {
                sets.add(set);
                pipeline.forEach(m -> used[m] = true);
            }
        }
        GpuSet apart = GpuSet.empty(candidates.classes());
        for (int m = 0; m < used.length; m++) {
            apart = used[m] ? apart : joined(candidates, sets, apart, machines, m);
        }
        List<Group> groups = new ArrayList<>();
        sets.forEach(set -> groups.add(group(candidates, set)));
        if (apart.size() > 0 && group(candidates, apart).strategy().isFeasible()) {
            groups.add(group(candidates, apart));
        }
        return groups.isEmpty() ? null : candidates.evaluate(groups);
    }

    /** Adds a machine to the set that gains most, or to those that stand apart if none gains; returns the latter. */
    private static GpuSet joined(
            Candidates candidates, List<GpuSet> sets, GpuSet apart, ClusterMachines machines, int machine) {
        double most = 0;
        int at = -1;
        for (int s = 0; s < sets.size(); s++) {
            GpuSet with = sets.get(s).plus(machines.node(machine), machines.degree(machine));
            double gain = group(candidates, with).requestsPerSecond()
                    - group(candidates, sets.get(s)).requestsPerSecond();
            if (gain > most) {
                most = gain;
                at = s;
            }
        }
        if (at < 0) {
            return apart.plus(machines.node(machine), machines.degree(machine));
        }
        sets.set(at, sets.get(at).plus(machines.node(machine), machines.degree(machine)));
        return apart;
    }

    private static Group group(Candidates candidates, GpuSet set) {
        return candidates.groups().of(set, Phase.COLOCATED);
    }
}
