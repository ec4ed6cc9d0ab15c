package org.partiflow.solvers.genetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * HexGen's mutations: move one GPU between two groups, preferring the type of which the receiver has most; or change the
 * grouping by merging two groups or cutting one in half. Where groups have phases of their own, flip one. A mutant with a
 * group too small for the model is no mutant. Not thread-safe.
 */
final class Mutation {
    private static final int ATTEMPTS = 10;

    private final Cluster cluster;
    private final Groups groups;
    private final List<Phase> phases;
    private final double mergeProbability;
    private final GroupMemory memory;
    private final SplittableRandom random;

    Mutation(
            Cluster cluster,
            Groups groups,
            List<Phase> phases,
            double mergeProbability,
            GroupMemory memory,
            SplittableRandom random) {
        this.cluster = cluster;
        this.groups = groups;
        this.phases = phases;
        this.mergeProbability = mergeProbability;
        this.memory = memory;
        this.random = random;
    }

    /** A valid mutant, or {@code parent} itself if some attempts make none. */
    List<Group> of(List<Group> parent) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Group> mutant = new ArrayList<>(parent);
            int kind = random.nextInt(phases.size() > 1 ? 3 : 2);
            boolean changed = switch (kind) {
                case 0 -> adjustComposition(mutant);
                case 1 -> adjustGroups(mutant);
                default -> flip(mutant);
            };
            if (changed) {
                return mutant;
            }
        }
        return parent;
    }

    private boolean adjustComposition(List<Group> mutant) {
        if (mutant.size() < 2) {
            return false;
        }
        int to = random.nextInt(mutant.size());
        int from = (to + 1 + random.nextInt(mutant.size() - 1)) % mutant.size();
        Group giver = mutant.get(from);
        Group receiver = mutant.get(to);
        int node = unit(giver.set(), dominantType(receiver.set()));
        GpuSet rest = giver.set().plus(node, -1);
        if (!memory.holds(rest)) {
            return false;
        }
        mutant.set(from, groups.of(rest, giver.phase()));
        mutant.set(to, groups.of(receiver.set().plus(node, 1), receiver.phase()));
        return true;
    }

    /** A node of the set with GPUs of the preferred type, or any of its nodes. */
    private int unit(GpuSet set, String preferred) {
        List<Integer> alike = new ArrayList<>();
        for (int i = 0; i < set.positions(); i++) {
            if (cluster.node(set.node(i)).gpu().name().equals(preferred)) {
                alike.add(set.node(i));
            }
        }
        return alike.isEmpty() ? set.node(random.nextInt(set.positions())) : alike.get(random.nextInt(alike.size()));
    }

    private String dominantType(GpuSet set) {
        String dominant = "";
        int most = 0;
        for (int i = 0; i < set.positions(); i++) {
            String type = cluster.node(set.node(i)).gpu().name();
            int gpus = 0;
            for (int j = 0; j < set.positions(); j++) {
                gpus += cluster.node(set.node(j)).gpu().name().equals(type) ? set.count(j) : 0;
            }
            if (gpus > most) {
                most = gpus;
                dominant = type;
            }
        }
        return dominant;
    }

    private boolean adjustGroups(List<Group> mutant) {
        return random.nextDouble() < mergeProbability ? merge(mutant) : split(mutant);
    }

    private boolean merge(List<Group> mutant) {
        if (mutant.size() < 2) {
            return false;
        }
        Group one = mutant.remove(random.nextInt(mutant.size()));
        int into = random.nextInt(mutant.size());
        Group other = mutant.get(into);
        mutant.set(into, groups.of(other.set().plus(one.set()), other.phase()));
        return true;
    }

    /** Cuts a group in half: of every node half of its GPUs, odd ones to either side. */
    private boolean split(List<Group> mutant) {
        int index = random.nextInt(mutant.size());
        Group whole = mutant.get(index);
        GpuSet half = whole.set();
        GpuSet rest = whole.set();
        for (int i = 0; i < whole.set().positions(); i++) {
            int count = whole.set().count(i);
            int kept = count / 2 + (count % 2 == 1 && random.nextBoolean() ? 1 : 0);
            half = half.plus(whole.set().node(i), kept - count);
            rest = rest.plus(whole.set().node(i), -kept);
        }
        if (!memory.holds(half) || !memory.holds(rest)) {
            return false;
        }
        mutant.set(index, groups.of(half, whole.phase()));
        mutant.add(groups.of(rest, phases.get(random.nextInt(phases.size()))));
        return true;
    }

    private boolean flip(List<Group> mutant) {
        int index = random.nextInt(mutant.size());
        Group group = mutant.get(index);
        Phase phase = phases.get((phases.indexOf(group.phase()) + 1) % phases.size());
        mutant.set(index, groups.of(group.set(), phase));
        return true;
    }
}
