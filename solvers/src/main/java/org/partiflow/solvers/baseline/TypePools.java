package org.partiflow.solvers.baseline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.placement.Candidate;
import org.partiflow.solvers.placement.Candidates;

/**
 * How a method for identical GPUs is used on a mixed cluster: the GPU types are grouped into pools, each pool is planned
 * by itself as if its GPUs were identical, and the pools serve side by side. Every way to group up to {@value
 * #MOST_TYPES} types is considered; with more types each by itself, and all together. Not thread-safe.
 */
final class TypePools {
    static final int MOST_TYPES = 4;

    private final Candidates candidates;
    private final PoolSearch search;
    private final List<List<Integer>> nodesOfType;
    private final List<String> types;

    /** Plans one pool. */
    @FunctionalInterface
    interface PoolSearch {
        /** The best candidate on a pool; {@code null} if none serves anything. */
        @Nullable
        Candidate best(Pool pool);
    }

    TypePools(Candidates candidates, PoolSearch search) {
        this.candidates = candidates;
        this.search = search;
        Cluster cluster = candidates.request().problem().cluster();
        Map<String, List<Integer>> byType = new LinkedHashMap<>();
        for (int n = 0; n < cluster.nodeCount(); n++) {
            byType.computeIfAbsent(cluster.node(n).gpu().name(), type -> new ArrayList<>())
                    .add(n);
        }
        types = List.copyOf(byType.keySet());
        nodesOfType = List.copyOf(byType.values());
    }

    /** The best candidate over all groupings; {@code null} if none serves anything. */
    @Nullable
    Candidate best() {
        TreeMap<Integer, Candidate> pools = pools();
        Candidate best = null;
        for (Map.Entry<Integer, Candidate> pool : pools.entrySet()) {
            if (types.size() > 1) {
                candidates.noteAlternative(name(pool.getKey()), pool.getValue());
            }
            best = best == null || pool.getValue().isBetterThan(best) ? pool.getValue() : best;
        }
        List<Group> together = new ArrayList<>();
        List<Integer> grouping = grouping(pools);
        pools.forEach((pool, candidate) -> together.addAll(grouping.contains(pool) ? candidate.groups() : List.of()));
        if (best != null && grouping.size() > 1 && candidates.budget().mayGoOn()) {
            Candidate joined = candidates.evaluate(together);
            best = joined.isBetterThan(best) ? joined : best;
        }
        return best;
    }

    /** The best candidate of every pool that is looked at, by the set of its types as bits. */
    private TreeMap<Integer, Candidate> pools() {
        TreeMap<Integer, Candidate> pools = new TreeMap<>();
        int all = (1 << types.size()) - 1;
        for (int pool : types.size() <= MOST_TYPES ? range(all) : singlesAnd(all)) {
            Candidate best = candidates.budget().mayGoOn() || pools.isEmpty() ? search.best(pool(pool)) : null;
            if (best != null && best.requestsPerSecond() > 0) {
                pools.put(pool, best);
            }
        }
        return pools;
    }

    private Pool pool(int mask) {
        List<Integer> nodes = new ArrayList<>();
        for (int t = 0; t < types.size(); t++) {
            if ((mask >> t & 1) == 1) {
                nodes.addAll(nodesOfType.get(t));
            }
        }
        int[] sorted = nodes.stream().sorted().mapToInt(Integer::intValue).toArray();
        return new Pool(candidates.request().problem().cluster(), candidates.classes(), sorted);
    }

    /** Disjoint pools of the greatest total throughput: dynamic programming over sets of types. */
    private List<Integer> grouping(TreeMap<Integer, Candidate> pools) {
        if (types.size() > MOST_TYPES) {
            return pools.keySet().stream()
                    .filter(pool -> Integer.bitCount(pool) == 1)
                    .toList();
        }
        int sets = 1 << types.size();
        double[] total = new double[sets];
        int[] choice = new int[sets];
        for (int set = 1; set < sets; set++) {
            int lowest = Integer.lowestOneBit(set);
            total[set] = total[set - lowest];
            for (int part = set; part > 0; part = (part - 1) & set) {
                Candidate pool = (part & lowest) == 0 ? null : pools.get(part);
                if (pool != null && pool.requestsPerSecond() + total[set - part] > total[set]) {
                    total[set] = pool.requestsPerSecond() + total[set - part];
                    choice[set] = part;
                }
            }
        }
        List<Integer> grouping = new ArrayList<>();
        for (int set = sets - 1; set > 0; set -= choice[set] == 0 ? Integer.lowestOneBit(set) : choice[set]) {
            if (choice[set] != 0) {
                grouping.add(choice[set]);
            }
        }
        return grouping;
    }

    private String name(int mask) {
        List<String> names = new ArrayList<>();
        for (int t = 0; t < types.size(); t++) {
            if ((mask >> t & 1) == 1) {
                names.add(types.get(t));
            }
        }
        return names.size() == types.size() ? "one pool of all types" : "pool " + String.join(" + ", names);
    }

    private static List<Integer> range(int last) {
        List<Integer> range = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            range.add(i);
        }
        return range;
    }

    private static List<Integer> singlesAnd(int all) {
        List<Integer> masks = new ArrayList<>();
        for (int bit = 1; bit < all; bit <<= 1) {
            masks.add(bit);
        }
        masks.add(all);
        return masks;
    }
}
