package org.partiflow.solvers.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GroupStrategy;

/** One allocation's groups by phase, and the routes between them. Not thread-safe. */
final class FlowInstance {
    /** A route between the groups at two positions. */
    record Arc(int from, int to, KvRoute route) {}

    final List<Group> groups;
    final int[] prefill;
    final int[] decode;
    final List<Arc> arcs = new ArrayList<>();
    final double[] rates;
    double units = FlowAllocator.UNITS_PER_REQUEST;

    FlowInstance(List<Group> groups) {
        this.groups = groups;
        rates = groups.stream().mapToDouble(Group::requestsPerSecond).toArray();
        prefill = active(Phase.PREFILL);
        decode = active(Phase.DECODE);
    }

    private int[] active(Phase phase) {
        return IntStream.range(0, groups.size())
                .filter(g -> groups.get(g).phase() == phase
                        && groups.get(g).strategy().isFeasible())
                .toArray();
    }

    /** What a route could ever carry: beyond both its ends together, its own capacity cannot bind. */
    double useful(Arc arc) {
        return Math.min(arc.route.requestsPerSecond(), rates[arc.from] + rates[arc.to]);
    }

    long toUnits(double requestsPerSecond) {
        return (long) Math.floor(requestsPerSecond * units);
    }

    /**
     * Lowers the rates of decode groups by the room that caches on their way take up. A cache is reserved while it
     * travels, and where sending overlaps prefill, from the start of that.
     */
    void reserveStaging(boolean overlapsPrefill) {
        for (int d : decode) {
            double weight = 0;
            double seconds = 0;
            for (Arc arc : arcs) {
                if (arc.to == d) {
                    double each = 1 / arc.route.requestsPerSecond()
                            + (overlapsPrefill ? groups.get(arc.from).strategy().latencySeconds() : 0);
                    double share = Math.min(arc.route.requestsPerSecond(), rates[arc.from]);
                    weight += share;
                    seconds += share * each;
                }
            }
            GroupStrategy strategy = groups.get(d).strategy();
            if (weight > 0) {
                rates[d] = Math.min(rates[d], strategy.stagedRequestsPerSecond(seconds / weight));
            }
        }
    }

    Allocation allocation(
            double[] arcFlow,
            List<Integer> tightGroups,
            List<Allocation.RouteFlow> tightRoutes,
            List<Integer> tightLinks) {
        double[] groupFlow = new double[groups.size()];
        List<Allocation.RouteFlow> flows = new ArrayList<>();
        double total = 0;
        for (int a = 0; a < arcFlow.length; a++) {
            if (arcFlow[a] > 0) {
                Arc arc = arcs.get(a);
                groupFlow[arc.from] += arcFlow[a];
                groupFlow[arc.to] += arcFlow[a];
                total += arcFlow[a];
                flows.add(new Allocation.RouteFlow(arc.from, arc.to, arcFlow[a]));
            }
        }
        List<Integer> tight = new ArrayList<>(tightGroups);
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            if (group.phase() == Phase.COLOCATED && group.strategy().isFeasible()) {
                groupFlow[g] = Math.floor(group.requestsPerSecond() * FlowAllocator.UNITS_PER_REQUEST)
                        / FlowAllocator.UNITS_PER_REQUEST;
                total += groupFlow[g];
                tight.add(g);
            }
        }
        return new Allocation(total, groupFlow, flows, tight, tightRoutes, tightLinks);
    }
}
