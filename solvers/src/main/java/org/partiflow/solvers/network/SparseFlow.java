package org.partiflow.solvers.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * Flow through many groups without looking at all pairs. Caches are handed over inside nodes first, then inside zones, then
 * between zones; within each stage prefill and decode groups are walked in parallel, and every hand-over exhausts a prefill
 * group, a decode group or a link. So there are O(groups) routes, each a feasible flow with every shared link kept.
 *
 * <p>Exact where only groups limit, or NICs whose node holds groups of one phase; otherwise a lower bound of the flow that
 * {@link FlowAllocator} computes from all pairs. One call, one instance; not thread-safe.
 */
final class SparseFlow {
    /** Partners that a prefill group tries after a link that is neither end's own turned out to be full. */
    private static final int MOST_DETOURS = 24;

    private static final double NOTHING = 1e-9;

    private final Cluster cluster;
    private final RouteTable routes;
    private final FlowAllocator.RouteMaker maker;
    private final List<Group> groups;
    private final double[] left;
    private final double[] stagingLeft;
    private final double[] groupFlow;
    private final double[] linkLeft;
    private final boolean[] closed;
    private final List<Allocation.RouteFlow> flows = new ArrayList<>();
    private final List<Integer> fullLinks = new ArrayList<>();

    SparseFlow(RouteTable routes, List<Group> groups, FlowAllocator.RouteMaker maker) {
        cluster = routes.cluster();
        this.routes = routes;
        this.groups = groups;
        this.maker = maker;
        int count = groups.size();
        left = new double[count];
        stagingLeft = new double[count];
        groupFlow = new double[count];
        closed = new boolean[count];
        linkLeft = new double[routes.shared().count()];
        Arrays.fill(linkLeft, Double.NaN);
        for (int g = 0; g < count; g++) {
            Group group = groups.get(g);
            left[g] = group.requestsPerSecond();
            stagingLeft[g] = group.phase() == Phase.DECODE && group.strategy().isFeasible()
                    ? group.strategy().requestsPerSecond()
                            * group.strategy().kvRequests()
                            / group.strategy().batch()
                    : 0;
        }
    }

    Allocation allocate() {
        int[] prefill = active(Phase.PREFILL);
        int[] decode = active(Phase.DECODE);
        insideNodes(prefill, decode);
        List<int[]> prefillByZone = byZone(prefill);
        List<int[]> decodeByZone = byZone(decode);
        for (int zone = 0; zone < prefillByZone.size(); zone++) {
            match(prefillByZone.get(zone), decodeByZone.get(zone), false);
        }
        for (int apart = 1; apart < prefillByZone.size(); apart++) {
            for (int zone = 0; zone < prefillByZone.size(); zone++) {
                int other = (zone + apart) % prefillByZone.size();
                match(prefillByZone.get(zone), decodeByZone.get(other), true);
            }
        }
        return result(prefill, decode);
    }

    private int[] active(Phase phase) {
        return IntStream.range(0, groups.size())
                .filter(g -> groups.get(g).phase() == phase && left[g] > 0)
                .toArray();
    }

    /** Pairs that live on the same single node. */
    private void insideNodes(int[] prefill, int[] decode) {
        int[] first = new int[cluster.nodeCount() + 1];
        for (int d : decode) {
            if (groups.get(d).set().positions() == 1) {
                first[groups.get(d).set().node(0) + 1]++;
            }
        }
        for (int n = 0; n < cluster.nodeCount(); n++) {
            first[n + 1] += first[n];
        }
        int[] at = first.clone();
        int[] onNode = new int[first[cluster.nodeCount()]];
        for (int d : decode) {
            if (groups.get(d).set().positions() == 1) {
                onNode[at[groups.get(d).set().node(0)]++] = d;
            }
        }
        for (int p : prefill) {
            GpuSet set = groups.get(p).set();
            if (set.positions() == 1) {
                int node = set.node(0);
                for (int i = first[node]; i < first[node + 1] && left[p] > NOTHING; i++) {
                    push(p, onNode[i]);
                }
            }
        }
    }

    /** Groups by the zone of their first node; the last entry is for groups over several zones. */
    private List<int[]> byZone(int[] members) {
        List<String> zones =
                cluster.nodes().stream().map(node -> node.zone()).distinct().toList();
        int[] zoneOf = new int[cluster.nodeCount()];
        for (int n = 0; n < zoneOf.length; n++) {
            zoneOf[n] = zones.indexOf(cluster.node(n).zone());
        }
        List<int[]> result = new ArrayList<>();
        for (int zone = 0; zone <= zones.size(); zone++) {
            int wanted = zone;
            result.add(Arrays.stream(members)
                    .filter(g -> zone(groups.get(g).set(), zoneOf, zones.size()) == wanted)
                    .toArray());
        }
        return result;
    }

    private static int zone(GpuSet set, int[] zoneOf, int several) {
        int zone = zoneOf[set.node(0)];
        for (int i = 1; i < set.positions(); i++) {
            if (zoneOf[set.node(i)] != zone) {
                return several;
            }
        }
        return zone;
    }

    /** Walks both lists; across zones an end whose own NIC is full stays out for good as well. */
    private void match(int[] prefill, int[] decode, boolean acrossZones) {
        int from = 0;
        for (int p : prefill) {
            int detours = 0;
            for (int at = from; at < decode.length && !spent(p) && detours < MOST_DETOURS; at++) {
                int d = decode[at];
                if (!spent(d) && !areOnOneNode(p, d)) {
                    int full = push(p, d);
                    if (!spent(p) && !spent(d)) {
                        detours++;
                        if (acrossZones && full >= 0) {
                            // What joins the two zones is full, or nothing joins them.
                            return;
                        }
                    }
                }
            }
            while (from < decode.length && spent(decode[from])) {
                from++;
            }
            if (from == decode.length) {
                return;
            }
        }
    }

    /** Such pairs have had their turn. */
    private boolean areOnOneNode(int p, int d) {
        GpuSet from = groups.get(p).set();
        GpuSet to = groups.get(d).set();
        return from.positions() == 1 && to.positions() == 1 && from.node(0) == to.node(0);
    }

    private boolean spent(int g) {
        return closed[g] || left[g] <= NOTHING;
    }

    /** Sends as much as possible; returns a full link that is neither end's NIC, or -1. */
    private int push(int p, int d) {
        KvRoute route = maker.route(p, d);
        if (!(route.requestsPerSecond() > 0)) {
            return -1;
        }
        double staging = staging(p, d, route);
        double amount = Math.min(Math.min(left[p], left[d]), stagingLeft[d] / staging);
        amount = Math.min(amount, route.requestsPerSecond());
        int[] links = route.links();
        for (int i = 0; i < links.length; i++) {
            amount = Math.min(amount, linkLeft(links[i]) / route.bytesPerRequest()[i]);
        }
        amount = Math.floor(amount * (1 - 1e-12) * FlowAllocator.UNITS_PER_REQUEST) / FlowAllocator.UNITS_PER_REQUEST;
        if (amount > 0) {
            left[p] -= amount;
            left[d] -= amount;
            stagingLeft[d] -= amount * staging;
            groupFlow[p] += amount;
            groupFlow[d] += amount;
            flows.add(new Allocation.RouteFlow(p, d, amount));
            for (int i = 0; i < links.length; i++) {
                linkLeft[links[i]] -= amount * route.bytesPerRequest()[i];
            }
        }
        closed[d] |= stagingLeft[d] / staging <= NOTHING;
        return closeEnds(p, d, route);
    }

    /** What a request takes of a decode group's room while its cache is on its way, see {@code stagedRequestsPerSecond}. */
    private double staging(int p, int d, KvRoute route) {
        double seconds = 1 / route.requestsPerSecond();
        if (routes.overlapsPrefill()) {
            seconds += groups.get(p).strategy().latencySeconds();
        }
        return 1
                + groups.get(d).strategy().requestsPerSecond()
                        * seconds
                        / groups.get(d).strategy().batch();
    }

    private int closeEnds(int p, int d, KvRoute route) {
        int other = -1;
        int[] links = route.links();
        for (int i = 0; i < links.length; i++) {
            if (linkLeft(links[i]) / route.bytesPerRequest()[i] <= NOTHING) {
                if (!fullLinks.contains(links[i])) {
                    fullLinks.add(links[i]);
                }
                if (isNicOf(groups.get(p), links[i], true)) {
                    closed[p] = true;
                } else if (isNicOf(groups.get(d), links[i], false)) {
                    closed[d] = true;
                } else {
                    other = links[i];
                }
            }
        }
        return other;
    }

    private boolean isNicOf(Group group, int link, boolean out) {
        for (int i = 0; i < group.set().positions(); i++) {
            int node = group.set().node(i);
            if (link == (out ? routes.shared().nicOut(node) : routes.shared().nicIn(node))) {
                return true;
            }
        }
        return false;
    }

    private double linkLeft(int link) {
        if (Double.isNaN(linkLeft[link])) {
            linkLeft[link] = routes.capacity(link);
        }
        return linkLeft[link];
    }

    private Allocation result(int[] prefill, int[] decode) {
        double total = 0;
        for (int p : prefill) {
            total += groupFlow[p];
        }
        List<Integer> tight = new ArrayList<>();
        // Where one side is used up, it is the bottleneck; where neither is, links are, too.
        boolean noPrefill = Arrays.stream(prefill).noneMatch(p -> left[p] > NOTHING);
        boolean noDecode = Arrays.stream(decode).allMatch(this::spent);
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            if (group.phase() == Phase.COLOCATED) {
                groupFlow[g] = Math.floor(left[g] * FlowAllocator.UNITS_PER_REQUEST) / FlowAllocator.UNITS_PER_REQUEST;
                total += groupFlow[g];
                tight.add(g);
            } else if (groupFlow[g] > 0 && spent(g)) {
                boolean isPrefill = group.phase() == Phase.PREFILL;
                if (noPrefill ? isPrefill : !noDecode || !isPrefill) {
                    tight.add(g);
                }
            }
        }
        flows.sort(Comparator.comparingInt(Allocation.RouteFlow::from).thenComparingInt(Allocation.RouteFlow::to));
        List<Integer> links =
                noPrefill || noDecode ? List.of() : fullLinks.stream().sorted().toList();
        return new Allocation(total, groupFlow, List.copyOf(flows), tight, List.of(), links, FlowPrices.UNKNOWN);
    }
}
