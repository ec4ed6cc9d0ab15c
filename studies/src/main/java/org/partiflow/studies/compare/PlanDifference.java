package org.partiflow.studies.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.studies.words.GroupWords;
import org.partiflow.studies.words.Numbers;

/**
 * What differs between two plans. Groups are held together by their GPUs, not by their ids: first those of equal GPUs,
 * then, greatest share first, those that have at least half of all their GPUs in common. Immutable.
 *
 * @param groups every group of both plans, in the order of the first plan, then of the second
 * @param routes routes whose flow differs
 */
public record PlanDifference(List<GroupChange> groups, List<RouteChange> routes) {
    private static final double COMMON_SHARE = 0.5;
    /** Files hold 12 significant digits; figures this close are the same for anyone. */
    private static final double SAME = 1e-6;

    /** Copies the lists. */
    public PlanDifference {
        groups = List.copyOf(groups);
        routes = List.copyOf(routes);
    }

    /** Whether nothing differs. */
    public boolean isEmpty() {
        return routes.isEmpty() && groups.stream().allMatch(group -> group.kind() == GroupChange.Kind.SAME);
    }

    /** Groups of a kind. */
    public List<GroupChange> groups(GroupChange.Kind kind) {
        return groups.stream().filter(group -> group.kind() == kind).toList();
    }

    /** The difference between two plans. O(groups squared times GPUs per group). */
    public static PlanDifference between(ServingPlan first, ServingPlan second) {
        Map<String, ServingGroup> counterparts = counterparts(first.groups(), second.groups());
        List<GroupChange> groups = new ArrayList<>();
        for (ServingGroup group : first.groups()) {
            Optional<ServingGroup> other = Optional.ofNullable(counterparts.get(group.id()));
            groups.add(new GroupChange(
                    Optional.of(group),
                    other,
                    other.map(match -> differences(group, match)).orElse(List.of())));
        }
        Set<ServingGroup> matched = new HashSet<>(counterparts.values());
        for (ServingGroup group : second.groups()) {
            if (!matched.contains(group)) {
                groups.add(new GroupChange(Optional.empty(), Optional.of(group), List.of()));
            }
        }
        return new PlanDifference(groups, routes(first, second, counterparts));
    }

    private static Map<String, ServingGroup> counterparts(List<ServingGroup> first, List<ServingGroup> second) {
        Map<String, ServingGroup> counterparts = new HashMap<>();
        Set<ServingGroup> free = new HashSet<>(second);
        double least = 1;
        while (least > 0) {
            double next = 0;
            for (ServingGroup group : first) {
                for (ServingGroup other : second) {
                    if (counterparts.containsKey(group.id()) || !free.contains(other)) {
                        continue;
                    }
                    double share = commonShare(group, other);
                    if (share >= least) {
                        counterparts.put(group.id(), other);
                        free.remove(other);
                    } else if (share >= COMMON_SHARE) {
                        next = Math.max(next, share);
                    }
                }
            }
            least = next;
        }
        return counterparts;
    }

    private static double commonShare(ServingGroup group, ServingGroup other) {
        Set<String> mine = new HashSet<>(gpus(group));
        Set<String> all = new HashSet<>(mine);
        List<String> others = gpus(other);
        all.addAll(others);
        long common = others.stream().filter(mine::contains).count();
        return (double) common / all.size();
    }

    private static List<String> gpus(ServingGroup group) {
        return group.stages().stream().flatMap(stage -> stage.gpus().stream()).toList();
    }

    private static List<GroupChange.Difference> differences(ServingGroup a, ServingGroup b) {
        List<GroupChange.Difference> differences = new ArrayList<>();
        if (!new HashSet<>(gpus(a)).equals(new HashSet<>(gpus(b)))) {
            add(differences, "gpus", a, b, GroupWords::places);
        }
        add(differences, "phase", a, b, group -> GroupWords.phase(group.phase()));
        add(differences, "parallelism", a, b, GroupWords::parallelism);
        add(differences, "layers", a, b, GroupWords::layers);
        add(differences, "batch", a, b, group -> Numbers.count(group.batch()));
        if (!same(a.capacityRequestsPerSecond(), b.capacityRequestsPerSecond())) {
            add(differences, "capacity", a, b, group -> Numbers.round(group.capacityRequestsPerSecond()) + " req/s");
        }
        if (!same(a.flowRequestsPerSecond(), b.flowRequestsPerSecond())) {
            add(differences, "flow", a, b, group -> Numbers.round(group.flowRequestsPerSecond()) + " req/s");
        }
        return differences;
    }

    private static void add(
            List<GroupChange.Difference> differences,
            String property,
            ServingGroup a,
            ServingGroup b,
            Function<ServingGroup, String> words) {
        String first = words.apply(a);
        String second = words.apply(b);
        if (!first.equals(second)) {
            differences.add(new GroupChange.Difference(property, first, second));
        }
    }

    private static List<RouteChange> routes(
            ServingPlan first, ServingPlan second, Map<String, ServingGroup> counterparts) {
        Map<String, Route> left = new LinkedHashMap<>();
        second.routes().forEach(route -> left.put(name(route), route));
        List<RouteChange> changes = new ArrayList<>();
        for (Route route : first.routes()) {
            ServingGroup from = counterparts.get(route.from());
            ServingGroup to = counterparts.get(route.to());
            String other = from == null || to == null ? "" : from.id() + "->" + to.id();
            Route match = left.remove(other);
            double flow = match == null ? 0 : match.flowRequestsPerSecond();
            if (!same(route.flowRequestsPerSecond(), flow)) {
                changes.add(new RouteChange(name(route), other, route.flowRequestsPerSecond(), flow));
            }
        }
        Map<String, String> back = new HashMap<>();
        counterparts.forEach((id, group) -> back.put(group.id(), id));
        for (Route route : left.values()) {
            String from = back.get(route.from());
            String to = back.get(route.to());
            String other = from == null || to == null ? "" : from + "->" + to;
            changes.add(new RouteChange(other, name(route), 0, route.flowRequestsPerSecond()));
        }
        return changes;
    }

    private static String name(Route route) {
        return route.from() + "->" + route.to();
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
    }
}
