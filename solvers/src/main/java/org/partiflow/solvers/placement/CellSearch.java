package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;

/**
 * Large-neighbourhood search: takes all groups off a few nodes of one zone, packs these nodes exactly at a price of prefill,
 * and keeps the result if the whole layout is better. Guided: the nodes are those of a group in the bottleneck and of one with
 * slack; random: any. The layout never gets worse. Not thread-safe; deterministic in the seed.
 */
final class CellSearch {
    private static final int MOST_STATES = 500;
    private static final double[] PRICE_FACTORS = {1, 0.7, 1.35};

    private final Cluster cluster;
    private final NodeClasses classes;
    private final Cells cells;
    private final Evaluator evaluator;
    private final boolean guided;
    private final SplittableRandom random;
    private final double price;
    private List<List<Group>> byNode = List.of();
    private int[] tight = new int[0];

    CellSearch(
            Cluster cluster,
            NodeClasses classes,
            Cells cells,
            Evaluator evaluator,
            Refinement refinement,
            long seed,
            double price) {
        this.cluster = cluster;
        this.classes = classes;
        this.cells = cells;
        this.evaluator = evaluator;
        this.guided = refinement == Refinement.GUIDED;
        random = new SplittableRandom(seed);
        this.price = price;
    }

    /** The best layout found in so many attempts, of which the last {@code patience} were in vain at most. */
    Layout refine(Layout start, int attempts, int patience) {
        Layout current = start;
        look(current);
        int vain = 0;
        for (int attempt = 0;
                attempt < attempts && vain < patience && evaluator.budget().mayGoOn();
                attempt++) {
            int[] nodes = nodes();
            double factor = PRICE_FACTORS[attempt % PRICE_FACTORS.length];
            Layout better = repacked(current, nodes, Math.min(1, price * factor));
            if (better == null) {
                vain++;
            } else {
                vain = 0;
                current = better;
                look(current);
            }
        }
        return current;
    }

    private void look(Layout layout) {
        List<List<Group>> lists = new ArrayList<>();
        for (int n = 0; n < cluster.nodeCount(); n++) {
            lists.add(new ArrayList<>(4));
        }
        for (Group group : layout.groups()) {
            for (int i = 0; i < group.set().positions(); i++) {
                lists.get(group.set().node(i)).add(group);
            }
        }
        byNode = lists;
        tight = layout.allocation().tightGroups().stream()
                .mapToInt(g -> layout.groups().get(g).set().node(0))
                .toArray();
    }

    /** Some nodes of one zone whose states are few enough. */
    private int[] nodes() {
        int first = guided && tight.length > 0 && random.nextInt(4) > 0
                ? tight[random.nextInt(tight.length)]
                : random.nextInt(cluster.nodeCount());
        int[] chosen = {first};
        long states = cluster.node(first).count() + 1L;
        int wanted = 2 + random.nextInt(3);
        for (int attempt = 0; attempt < 12 && chosen.length < wanted; attempt++) {
            int other = neighbour(chosen[random.nextInt(chosen.length)]);
            boolean known = Arrays.stream(chosen).anyMatch(n -> n == other);
            long more = states * (cluster.node(other).count() + 1L);
            if (!known && classes.zoneOf(other) == classes.zoneOf(first) && more <= MOST_STATES) {
                chosen = Arrays.copyOf(chosen, chosen.length + 1);
                chosen[chosen.length - 1] = other;
                states = more;
            }
        }
        return chosen;
    }

    /** A node that shares a group with this one, or any. */
    private int neighbour(int node) {
        for (Group group : byNode.get(node)) {
            if (group.set().positions() > 1) {
                return group.set().node(random.nextInt(group.set().positions()));
            }
        }
        return random.nextInt(cluster.nodeCount());
    }

    private @Nullable Layout repacked(Layout layout, int[] nodes, double atPrice) {
        Set<Group> leaving = new HashSet<>();
        GpuSet free = GpuSet.empty(classes);
        for (int node : nodes) {
            int spare = layout.pool().countOf(node);
            free = spare > 0 ? free.plus(node, spare) : free;
            for (Group group : byNode.get(node)) {
                if (isWithin(group.set(), nodes) && leaving.add(group)) {
                    free = free.plus(group.set());
                }
            }
        }
        if (free.size() == 0 || !Cells.isSmallEnough(free)) {
            return null;
        }
        List<Group> arriving = cells.pack(free, atPrice);
        if (leaving.containsAll(arriving) && leaving.size() == arriving.size()) {
            return null;
        }
        List<Group> changed = new ArrayList<>(layout.groups().size() + arriving.size());
        for (Group group : layout.groups()) {
            if (!leaving.contains(group)) {
                changed.add(group);
            }
        }
        changed.addAll(arriving);
        if (changed.isEmpty()) {
            return null;
        }
        GpuSet pool = layout.pool();
        for (int node : nodes) {
            int spare = pool.countOf(node);
            pool = spare > 0 ? pool.plus(node, -spare) : pool;
        }
        GpuSet used = GpuSet.empty(classes);
        for (Group group : arriving) {
            used = used.plus(group.set());
        }
        return evaluator.improvement(layout, changed, pool.plus(Neighbourhood.minus(free, used)));
    }

    private static boolean isWithin(GpuSet set, int[] nodes) {
        for (int i = 0; i < set.positions(); i++) {
            int node = set.node(i);
            boolean inside = false;
            for (int chosen : nodes) {
                inside |= chosen == node;
            }
            if (!inside) {
                return false;
            }
        }
        return true;
    }
}
