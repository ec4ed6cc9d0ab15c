package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;

/**
 * First layouts. By the partitioner: the number of groups is the total memory over what one replica needs, and fewer;
 * by the pattern bound: the groups of the packings that attain it. Partitions are made once. Not thread-safe.
 */
final class Starts {
    private final PlanningProblem problem;
    private final PlanningRequest request;
    private final NodeClasses classes;
    private final Groups groups;
    private final Evaluator evaluator;
    private final Map<Cut, List<GpuSet>> partitions = new HashMap<>();

    /** A partition that was asked for. */
    private record Cut(int blocks, List<Double> imbalances) {}

    Starts(PlanningRequest request, NodeClasses classes, Groups groups, Evaluator evaluator) {
        problem = request.problem();
        this.request = request;
        this.classes = classes;
        this.groups = groups;
        this.evaluator = evaluator;
    }

    /** Layouts from partitions into several numbers of groups, best first. */
    List<Layout> fromPartitions(Partitioner partitioner, SearchSpace space) {
        List<Layout> layouts = new ArrayList<>();
        PhaseAssignment assignment = new PhaseAssignment(problem.cluster(), groups, space);
        for (int blocks : groupCounts(space.choices())) {
            if (!layouts.isEmpty() && !evaluator.budget().mayGoOn()) {
                break;
            }
            List<GpuSet> sets = partitions.computeIfAbsent(
                    new Cut(blocks, space.choices().imbalances()), cut -> partition(partitioner, cut));
            if (!sets.isEmpty()) {
                for (List<Group> assigned : assignment.of(sets)) {
                    layouts.add(evaluator.evaluate(assigned, GpuSet.empty(classes)));
                }
            }
        }
        layouts.sort(Comparator.comparing(Layout::score).reversed());
        return layouts;
    }

    /** A layout for each packing that attains the bound's relaxation. */
    List<Layout> fromBound(UpperBound bound) {
        List<Layout> layouts = new ArrayList<>();
        for (List<UpperBound.Suggestion> packing : bound.packings()) {
            GpuSet pool = everything();
            List<Group> chosen = new ArrayList<>();
            for (UpperBound.Suggestion suggestion : packing) {
                chosen.add(groups.of(suggestion.set(), suggestion.phase()));
                pool = Neighbourhood.minus(pool, suggestion.set());
            }
            if (!chosen.isEmpty()) {
                layouts.add(evaluator.evaluate(chosen, pool));
            }
        }
        return layouts;
    }

    private GpuSet everything() {
        int[] counts = new int[problem.cluster().nodeCount()];
        for (int n = 0; n < counts.length; n++) {
            counts[n] = problem.cluster().node(n).count();
        }
        return GpuSet.of(classes, counts);
    }

    /** Numbers of groups to try: all up to the memory ratio when few, else evenly spread ones, largest first. */
    private Iterable<Integer> groupCounts(HexGen2Options choices) {
        double each =
                Sharding.weightBytesPerGpu(problem.model(), 0, problem.model().layers(), 1) * choices.headroom();
        double usable =
                problem.serving().memoryUtilization() * problem.cluster().totalMemoryBytes();
        int most = (int) Math.max(1, Math.min(problem.cluster().gpuCount(), usable / each));
        TreeSet<Integer> counts = new TreeSet<>(Comparator.reverseOrder());
        int tried = Math.min(most, choices.groupCounts());
        for (int i = 1; i <= tried; i++) {
            counts.add((int) Math.max(1, Math.round((double) most * i / tried)));
        }
        return counts;
    }

    private List<GpuSet> partition(Partitioner partitioner, Cut cut) {
        double least =
                Sharding.weightBytesPerGpu(problem.model(), 0, problem.model().layers(), 1)
                        / problem.serving().memoryUtilization();
        for (double imbalance : cut.imbalances()) {
            PartitionRequest asked = new PartitionRequest(
                    new ClusterGraph(problem.cluster()),
                    cut.blocks(),
                    imbalance,
                    (long) least,
                    request.options().seed(),
                    evaluator.budget().nested());
            if (partitioner.partition(asked) instanceof PartitionResult.Found found) {
                return sets(found.partition());
            }
        }
        return List.of();
    }

    private List<GpuSet> sets(Partition partition) {
        List<GpuSet> sets = new ArrayList<>();
        for (int block = 0; block < partition.blocks(); block++) {
            int[] counts = new int[problem.cluster().nodeCount()];
            for (int gpu : partition.members(block)) {
                counts[problem.cluster().nodeOf(gpu)]++;
            }
            sets.add(GpuSet.of(classes, counts));
        }
        return sets;
    }
}
