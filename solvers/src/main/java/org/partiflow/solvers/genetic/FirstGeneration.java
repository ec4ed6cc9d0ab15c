package org.partiflow.solvers.genetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;

/**
 * Random first candidates: nodes are taken in random order, and groups are filled from them with once to twice the memory
 * that the model needs. What is left joins the last group. Not thread-safe.
 */
final class FirstGeneration {
    private final Cluster cluster;
    private final NodeClasses classes;
    private final Groups groups;
    private final List<Phase> phases;
    private final GroupMemory memory;
    private final SplittableRandom random;

    FirstGeneration(
            Cluster cluster,
            NodeClasses classes,
            Groups groups,
            List<Phase> phases,
            GroupMemory memory,
            SplittableRandom random) {
        this.cluster = cluster;
        this.classes = classes;
        this.groups = groups;
        this.phases = phases;
        this.memory = memory;
        this.random = random;
    }

    /** One candidate's groups. */
    List<Group> next() {
        double spread = random.nextDouble();
        List<GpuSet> sets = new ArrayList<>();
        GpuSet open = GpuSet.empty(classes);
        double missing = wanted(spread);
        for (int node : shuffledNodes()) {
            for (int i = 0; i < cluster.node(node).count(); i++) {
                open = open.plus(node, 1);
                missing -= memory.usableBytes(node);
                if (missing <= 0) {
                    sets.add(open);
                    open = GpuSet.empty(classes);
                    missing = wanted(spread);
                }
            }
        }
        if (sets.isEmpty()) {
            sets.add(open);
        } else {
            sets.set(sets.size() - 1, sets.get(sets.size() - 1).plus(open));
        }
        return sets.stream()
                .map(set -> groups.of(set, phases.get(random.nextInt(phases.size()))))
                .toList();
    }

    /** Memory of the next group: the candidate's spread says how far above the least it may be. */
    private double wanted(double spread) {
        return memory.neededBytes() * (1 + spread * random.nextDouble());
    }

    private int[] shuffledNodes() {
        int[] nodes = new int[cluster.nodeCount()];
        for (int n = 0; n < nodes.length; n++) {
            int other = random.nextInt(n + 1);
            nodes[n] = nodes[other];
            nodes[other] = n;
        }
        return nodes;
    }
}
