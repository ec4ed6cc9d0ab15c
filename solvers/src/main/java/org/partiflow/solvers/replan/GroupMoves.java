package org.partiflow.solvers.replan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.partiflow.api.plan.Phase;

/**
 * Lets a limited number of GPUs change their group: steepest ascent from the groups that are whole. A step forms a group of
 * free GPUs, adds free GPUs to a group, forms a group anew in another way, splits or merges groups, or hands GPUs from one
 * group to another. Candidates of the highest ceiling are valued; the one that reaches the target with the fewest GPUs
 * touched is taken, else the best.
 */
final class GroupMoves {
    private static final int MOST_VALUED = 24;
    private static final int MOST_IN_A_MERGER = 16;
    private static final int[] HANDED = {1, 2, 4};

    private record Change(List<Placed> groups, double ceiling, double potential, int touched) {}

    private final Tables tables;
    private final int maxMoves;

    GroupMoves(Tables tables, int maxMoves) {
        this.tables = tables;
        this.maxMoves = maxMoves;
    }

    /** The best that moves lead to, or the first that reaches {@code target}. */
    Valued improve(Valued start, double target) {
        Valued current = start;
        while (current.value() < target && tables.budget.mayGoOn()) {
            Valued next = step(current, target);
            if (next == current) {
                break;
            }
            current = next;
        }
        return current;
    }

    private Valued step(Valued current, double target) {
        List<Change> changes = new Neighbours(current).all();
        changes.sort(Comparator.comparingDouble(Change::ceiling)
                .thenComparingDouble(Change::potential)
                .reversed());
        Valued best = current;
        for (Change change : changes.subList(0, Math.min(MOST_VALUED, changes.size()))) {
            Valued valued = tables.value(change.groups());
            if (valued.isBetterThan(current) && (best == current || isPreferred(valued, best, target))) {
                best = valued;
            }
        }
        return best;
    }

    private static boolean isPreferred(Valued candidate, Valued best, double target) {
        if (candidate.value() >= target && best.value() >= target) {
            return candidate.touched() < best.touched();
        }
        return candidate.isBetterThan(best);
    }

    /** Everything that one step can lead to. Groups that are alike are changed only once. */
    private final class Neighbours {
        private final List<Placed> groups;
        private final double value;
        private final double potential;
        private final List<List<Integer>> free = new ArrayList<>();
        private final List<Change> changes = new ArrayList<>();

        Neighbours(Valued current) {
            groups = current.groups();
            value = current.value();
            potential = current.potential();
            freeSets();
        }

        List<Change> all() {
            for (List<Integer> set : free) {
                for (Phase phase : Phase.values()) {
                    tables.form(phase, set).ifPresent(formed -> add(List.of(), List.of(formed)));
                }
            }
            List<Placed> distinct = distinct();
            for (Placed group : distinct) {
                List<Integer> gpus = list(group.gpus());
                reformed(List.of(group), gpus);
                free.forEach(set -> reformed(List.of(group), union(gpus, set)));
                split(group);
                handToFree(group);
            }
            for (Placed a : distinct) {
                for (Placed b : groups) {
                    if (a != b) {
                        exchange(a, b);
                    }
                }
            }
            return changes;
        }

        private void exchange(Placed a, Placed b) {
            if (a.gpus().length + b.gpus().length <= MOST_IN_A_MERGER) {
                reformed(List.of(a, b), union(list(a.gpus()), list(b.gpus())));
            }
            for (Map.Entry<Integer, List<Integer>> node : byNode(list(a.gpus())).entrySet()) {
                for (int count : HANDED) {
                    if (count <= node.getValue().size() && count < a.gpus().length) {
                        List<Integer> handed = node.getValue().subList(0, count);
                        Optional<Placed> less = tables.form(a.group().phase(), without(list(a.gpus()), handed));
                        Optional<Placed> more = tables.form(b.group().phase(), union(list(b.gpus()), handed));
                        if (less.isPresent() && more.isPresent()) {
                            add(List.of(a, b), List.of(less.get(), more.get()));
                        }
                    }
                }
            }
        }

        private void handToFree(Placed group) {
            for (Map.Entry<Integer, List<Integer>> node :
                    byNode(list(group.gpus())).entrySet()) {
                for (int count : HANDED) {
                    if (count > node.getValue().size() || count >= group.gpus().length) {
                        continue;
                    }
                    List<Integer> handed = node.getValue().subList(0, count);
                    pairs(group, without(list(group.gpus()), handed), handed);
                    free.forEach(set -> pairs(group, without(list(group.gpus()), handed), union(handed, set)));
                }
            }
        }

        private void split(Placed group) {
            List<Integer> gpus = list(group.gpus());
            if (gpus.size() >= 2) {
                pairs(group, gpus.subList(0, gpus.size() / 2), gpus.subList(gpus.size() / 2, gpus.size()));
            }
        }

        private void pairs(Placed group, List<Integer> one, List<Integer> two) {
            for (Phase a : Phase.values()) {
                Optional<Placed> first = tables.form(a, one);
                if (first.isPresent()) {
                    for (Phase b : Phase.values()) {
                        tables.form(b, two).ifPresent(second -> add(List.of(group), List.of(first.get(), second)));
                    }
                }
            }
        }

        private void reformed(List<Placed> from, List<Integer> gpus) {
            for (Phase phase : Phase.values()) {
                tables.form(phase, gpus).ifPresent(formed -> add(from, List.of(formed)));
            }
        }

        private void add(List<Placed> without, List<Placed> with) {
            List<Placed> changed = new ArrayList<>(groups);
            changed.removeAll(without);
            changed.addAll(with);
            int touched = changed.stream()
                    .filter(placed -> !placed.isOriginal())
                    .mapToInt(placed -> placed.gpus().length)
                    .sum();
            double ceiling = tables.ceiling(changed);
            double sum = tables.potential(changed);
            boolean hopeful = ceiling > value * (1 + 1e-9) || (ceiling >= value && sum > potential);
            if (touched <= maxMoves && hopeful) {
                changes.add(new Change(changed, ceiling, sum, touched));
            }
        }

        private List<Placed> distinct() {
            Set<List<Object>> seen = new HashSet<>();
            List<Placed> distinct = new ArrayList<>();
            for (Placed group : groups) {
                List<Object> look = List.of(
                        group.group().phase(),
                        group.group().set().signature(),
                        zones(group),
                        group.group().requestsPerSecond());
                if (seen.add(look)) {
                    distinct.add(group);
                }
            }
            return distinct;
        }

        private List<Integer> zones(Placed group) {
            List<Integer> zones = new ArrayList<>();
            for (int gpu : group.gpus()) {
                zones.add(tables.classes.classOf(tables.cluster.nodeOf(gpu)));
            }
            return zones;
        }

        /** Sets of free GPUs: of one node (1, 2, 4, 8 or all), of nodes that are alike, of two nodes, and all. */
        private void freeSets() {
            boolean[] used = new boolean[tables.cluster.gpuCount()];
            for (Placed group : groups) {
                for (int gpu : group.gpus()) {
                    used[gpu] = true;
                }
            }
            List<Integer> all = new ArrayList<>();
            for (int gpu = 0; gpu < used.length; gpu++) {
                if (!used[gpu]) {
                    all.add(gpu);
                }
            }
            Map<Integer, List<Integer>> nodes = byNode(all);
            Map<Integer, List<Integer>> classes = new LinkedHashMap<>();
            Set<List<Integer>> looks = new HashSet<>();
            Set<List<Integer>> sets = new java.util.LinkedHashSet<>();
            List<List<Integer>> distinct = new ArrayList<>();
            nodes.forEach((node, gpus) -> {
                int nodeClass = tables.classes.classOf(node);
                classes.computeIfAbsent(nodeClass, key -> new ArrayList<>()).addAll(gpus);
                if (looks.add(List.of(nodeClass, gpus.size()))) {
                    distinct.add(gpus);
                    for (int size = 1; size < gpus.size(); size *= 2) {
                        sets.add(gpus.subList(0, size));
                    }
                    sets.add(gpus);
                }
            });
            for (int i = 0; i < distinct.size(); i++) {
                for (int j = i + 1; j < distinct.size(); j++) {
                    sets.add(union(distinct.get(i), distinct.get(j)));
                }
            }
            sets.addAll(classes.values());
            if (!all.isEmpty()) {
                sets.add(all);
            }
            free.addAll(sets);
        }

        private Map<Integer, List<Integer>> byNode(List<Integer> gpus) {
            Map<Integer, List<Integer>> nodes = new LinkedHashMap<>();
            for (int gpu : gpus) {
                nodes.computeIfAbsent(tables.cluster.nodeOf(gpu), key -> new ArrayList<>())
                        .add(gpu);
            }
            return nodes;
        }
    }

    private static List<Integer> list(int[] gpus) {
        List<Integer> list = new ArrayList<>();
        for (int gpu : gpus) {
            list.add(gpu);
        }
        return list;
    }

    private static List<Integer> union(List<Integer> a, List<Integer> b) {
        List<Integer> union = new ArrayList<>(a);
        union.addAll(b);
        union.sort(Comparator.naturalOrder());
        return union;
    }

    private static List<Integer> without(List<Integer> from, List<Integer> those) {
        List<Integer> left = new ArrayList<>(from);
        left.removeAll(those);
        return left;
    }
}
