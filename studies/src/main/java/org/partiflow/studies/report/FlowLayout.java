package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;

/** Where the groups and streams of the flow picture lie. */
final class FlowLayout {
    /** Most groups drawn per side; the smallest are left out. */
    static final int MOST_GROUPS = 24;

    private static final double TOTAL = 300;
    private static final double LEAST_SLOT = 46;
    private static final double GAP = 14;
    private static final double TOP = 30;

    /** A group's bar: as high as its capacity. */
    record Bar(ServingGroup group, double top, double height, double filled) {}

    /** A stream between two bars. */
    record Stream(Route route, double fromTop, double toTop, double width) {}

    private final List<Bar> left;
    private final List<Bar> right;
    private final List<Bar> through;
    private final List<Stream> streams = new ArrayList<>();
    private final double height;
    private final int hidden;

    FlowLayout(ServingPlan plan) {
        double capacity = Math.max(
                sum(plan.groups(Phase.PREFILL)) + sum(plan.groups(Phase.COLOCATED)),
                sum(plan.groups(Phase.DECODE)) + sum(plan.groups(Phase.COLOCATED)));
        double scale = capacity > 0 ? TOTAL / capacity : 0;
        left = stack(plan.groups(Phase.PREFILL), TOP, scale);
        right = stack(plan.groups(Phase.DECODE), TOP, scale);
        double sides = Math.max(end(left, TOP), end(right, TOP));
        through = stack(plan.groups(Phase.COLOCATED), sides, scale);
        height = end(through, sides);
        hidden = plan.groups().size() - left.size() - right.size() - through.size();
        addStreams(plan.routes(), scale);
    }

    List<Bar> left() {
        return left;
    }

    List<Bar> right() {
        return right;
    }

    List<Bar> through() {
        return through;
    }

    List<Stream> streams() {
        return streams;
    }

    double height() {
        return height;
    }

    int hidden() {
        return hidden;
    }

    private void addStreams(List<Route> routes, double scale) {
        Map<String, Double> nextLeft = tops(left);
        Map<String, Double> nextRight = tops(right);
        for (Route route : routes) {
            Double from = nextLeft.get(route.from());
            Double to = nextRight.get(route.to());
            double width = route.flowRequestsPerSecond() * scale;
            if (from != null && to != null && width > 0) {
                streams.add(new Stream(route, from, to, width));
                nextLeft.put(route.from(), from + width);
                nextRight.put(route.to(), to + width);
            }
        }
    }

    private static List<Bar> stack(List<ServingGroup> groups, double start, double scale) {
        List<ServingGroup> largest = groups.stream()
                .sorted(Comparator.comparingDouble(ServingGroup::flowRequestsPerSecond)
                        .reversed())
                .limit(MOST_GROUPS)
                .toList();
        List<Bar> bars = new ArrayList<>();
        double top = start;
        for (ServingGroup group : groups.stream().filter(largest::contains).toList()) {
            double height = Math.max(group.capacityRequestsPerSecond(), group.flowRequestsPerSecond()) * scale;
            bars.add(new Bar(group, top, Math.max(height, 2), group.flowRequestsPerSecond() * scale));
            top += Math.max(height, LEAST_SLOT) + GAP;
        }
        return bars;
    }

    private static Map<String, Double> tops(List<Bar> bars) {
        Map<String, Double> tops = new HashMap<>();
        bars.forEach(bar -> tops.put(bar.group().id(), bar.top()));
        return tops;
    }

    private static double sum(List<ServingGroup> groups) {
        return groups.stream()
                .mapToDouble(g -> Math.max(g.capacityRequestsPerSecond(), g.flowRequestsPerSecond()))
                .sum();
    }

    private static double end(List<Bar> bars, double start) {
        return bars.isEmpty()
                ? start
                : bars.get(bars.size() - 1).top()
                        + Math.max(bars.get(bars.size() - 1).height(), LEAST_SLOT)
                        + GAP;
    }
}
