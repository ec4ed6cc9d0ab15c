package org.partiflow.partitioning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Builds hierarchies: node groups are contracted first, then every vertex in random order joins the neighbouring cluster
 * with the best rating, edge weight over the product of the vertex weights [1], until the graph is small. Edges between
 * vertices of different labels are kept, which makes V-cycles and combinations of partitions possible [2]. Stateless.
 *
 * <p>References: [1] Osipov, Sanders: n-level graph partitioning, 2010, doi:10.1007/978-3-642-15775-2_24 (rating).
 * [2] Sanders, Schulz: Distributed evolutionary graph partitioning, 2012, arXiv:1110.0477.
 */
final class Coarsener {
    private static final double LEAST_SHRINK = 0.95;
    private static final double MOST_SHRINK = 0.6;

    private Coarsener() {}

    /** Levels from fine to coarse, and the map of each level to the next. */
    record Hierarchy(List<Level> levels, List<int[]> maps) {
        Level coarsest() {
            return levels.get(levels.size() - 1);
        }

        /** An assignment of a level, seen on the next finer one. */
        int[] refine(int[] coarse, int fineLevel) {
            int[] map = maps.get(fineLevel);
            int[] fine = new int[map.length];
            for (int v = 0; v < map.length; v++) {
                fine[v] = coarse[map[v]];
            }
            return fine;
        }
    }

    /**
     * Coarsens.
     *
     * @param labels label of each vertex of {@code fine}
     * @param target number of vertices at which to stop
     * @param heaviest most that a coarse vertex may weigh
     */
    static Hierarchy coarsen(Level fine, int[] labels, int target, long heaviest, SplittableRandom random) {
        List<Level> levels = new ArrayList<>(List.of(fine));
        List<int[]> maps = new ArrayList<>();
        int[] label = labels;
        Level level = fine;
        boolean grouped = fine.members.length < fine.size;
        while (level.size > target || (grouped && maps.isEmpty())) {
            int[] map = grouped && maps.isEmpty()
                    ? byGroup(level, label, heaviest)
                    : cluster(level, label, target, heaviest, random);
            int size = Arrays.stream(map).max().orElse(0) + 1;
            if (size > LEAST_SHRINK * level.size && !(grouped && maps.isEmpty())) {
                break;
            }
            int[] coarseLabel = new int[size];
            for (int v = 0; v < map.length; v++) {
                coarseLabel[map[v]] = label[v];
            }
            label = coarseLabel;
            level = level.contract(map, size);
            maps.add(map);
            levels.add(level);
        }
        return new Hierarchy(levels, maps);
    }

    /** Groups that fit become one vertex for each label in them; the vertices of others stay single. */
    static int[] byGroup(Level level, int[] label, long heaviest) {
        int[] map = new int[level.size];
        int used = 0;
        for (int[] members : level.members) {
            long total = 0;
            for (int v : members) {
                total += level.weight[v];
            }
            for (int i = 0; i < members.length; i++) {
                int same = -1;
                for (int j = 0; j < i && total <= heaviest; j++) {
                    same = label[members[j]] == label[members[i]] ? members[j] : same;
                }
                map[members[i]] = same >= 0 ? map[same] : used++;
            }
        }
        return map;
    }

    private static int[] cluster(Level level, int[] label, int target, long heaviest, SplittableRandom random) {
        int n = level.size;
        int[] order = Level.identity(n);
        LabelledRandom.shuffle(order, random);
        int[] cluster = Level.identity(n);
        int[] size = new int[n];
        Arrays.fill(size, 1);
        long[] weight = level.weight.clone();
        double[] rating = new double[n];
        int[] touched = new int[n];
        int clusters = n;
        int floor = Math.max(target, (int) (MOST_SHRINK * n));
        for (int v : order) {
            if (size[v] != 1 || cluster[v] != v) {
                continue;
            }
            int best = bestCluster(level, v, label, cluster, weight, heaviest, rating, touched);
            if (best >= 0) {
                cluster[v] = best;
                size[best]++;
                weight[best] += level.weight[v];
                if (--clusters <= floor) {
                    break;
                }
            }
        }
        return numbered(cluster);
    }

    private static int bestCluster(
            Level level,
            int v,
            int[] label,
            int[] cluster,
            long[] weight,
            long heaviest,
            double[] rating,
            int[] touched) {
        int count = 0;
        for (int i = level.start[v]; i < level.start[v + 1]; i++) {
            int u = level.neighbour[i];
            int c = cluster[u];
            if (label[u] != label[v] || weight[c] + level.weight[v] > heaviest) {
                continue;
            }
            if (rating[c] == 0) {
                touched[count++] = c;
            }
            rating[c] += level.edge[i];
        }
        int best = -1;
        double most = 0;
        for (int i = 0; i < count; i++) {
            int c = touched[i];
            double r = rating[c] / weight[c];
            rating[c] = 0;
            if (r > most) {
                most = r;
                best = c;
            }
        }
        return best;
    }

    private static int[] numbered(int[] cluster) {
        int[] number = new int[cluster.length];
        Arrays.fill(number, -1);
        int used = 0;
        int[] map = new int[cluster.length];
        for (int v = 0; v < cluster.length; v++) {
            int c = cluster[v];
            if (number[c] < 0) {
                number[c] = used++;
            }
            map[v] = number[c];
        }
        return map;
    }
}
