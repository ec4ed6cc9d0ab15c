package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;

/**
 * Chooses a request's groups when it arrives: first a prefill or colocated group in proportion to planned flow, then a
 * route in proportion to its share, or as {@link Routing} says. Groups and routes whose memory could never hold the
 * request are passed over, and so are groups that are down while another is up.
 */
final class Router {
    private static final double TIE = 1e-6;

    private final RequestTable table;
    private final List<ServingGroup> groups;
    private final List<KvPath> paths;
    private final KvMemory[] memories;
    private final List<Integer> entries = new ArrayList<>();
    private final SmoothRoundRobin entryTurns;
    private final Routing routing;
    private final boolean losesGroups;
    private final List<List<Integer>> receiversFrom = new ArrayList<>();
    private final List<List<Integer>> routesFrom = new ArrayList<>();
    private final List<Long> longestFrom = new ArrayList<>();
    private final List<SmoothRoundRobin> routeTurns = new ArrayList<>();

    Router(RequestTable table, Wiring wiring, Behaviour behaviour) {
        this.table = table;
        this.routing = behaviour.routing();
        losesGroups = behaviour.disturbances().stream().anyMatch(Disturbance::isForever);
        groups = wiring.request().plan().groups();
        table.outstanding = new int[groups.size()];
        paths = wiring.paths();
        memories = wiring.memories();
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).phase() != Phase.DECODE) {
                entries.add(i);
            }
            List<Integer> routes = new ArrayList<>();
            List<Double> shares = new ArrayList<>();
            for (int j = 0; j < paths.size(); j++) {
                if (paths.get(j).from == i) {
                    routes.add(j);
                    shares.add(wiring.shares().get(j));
                }
            }
            routesFrom.add(routes);
            receiversFrom.add(routes.stream().map(route -> paths.get(route).to).toList());
            longestFrom.add(routes.stream()
                    .mapToLong(route -> memories[paths.get(route).to].capacity())
                    .max()
                    .orElse(0));
            routeTurns.add(new SmoothRoundRobin(shares));
        }
        entryTurns = new SmoothRoundRobin(
                entries.stream().map(i -> groups.get(i).flowRequestsPerSecond()).toList());
    }

    /** Notes the request's groups and route; returns its first group, -1 if nothing can hold it. */
    int choose(int request, double now, GroupServer[] servers) {
        IntPredicate isUp = i -> servers[i].pipeline().isUp(now);
        Ability can =
                losesGroups ? (group, r) -> canServe(group, r) && remains(group, r, now, servers) : this::canServe;
        int turn = pick(entryTurns, entries, request, isUp, can);
        if (turn < 0) {
            return -1;
        }
        int entry = entries.get(turn);
        table.assign(request, entry);
        if (groups.get(entry).phase() == Phase.PREFILL && !table.endsAtFirstToken(request)) {
            chooseRoute(request, now, servers);
        }
        return entry;
    }

    /** Notes another route from the request's prefill group; false if there is none. */
    boolean chooseRoute(int request, double now, GroupServer[] servers) {
        int entry = table.entry[request];
        List<Integer> receivers = receiversFrom.get(entry);
        IntPredicate isUp = i -> servers[i].pipeline().isUp(now);
        Ability can = (group, r) -> canReceive(group, r) && !isGone(group, now, servers);
        int chosen = pick(routeTurns.get(entry), receivers, request, isUp, can);
        if (chosen < 0) {
            return false;
        }
        table.route[request] = routesFrom.get(entry).get(chosen);
        table.assignSecond(request, receivers.get(chosen));
        return true;
    }

    /** Whether a group can take a request. */
    private interface Ability {
        boolean test(int group, int request);
    }

    /** One of the groups that can, and are up if any of those is; -1 if none can. */
    private int pick(SmoothRoundRobin turns, List<Integer> among, int request, IntPredicate isUp, Ability can) {
        int up = pick(turns, among, i -> isUp.test(among.get(i)) && can.test(among.get(i), request));
        return up >= 0 ? up : pick(turns, among, i -> can.test(among.get(i), request));
    }

    private int pick(SmoothRoundRobin turns, List<Integer> among, IntPredicate eligible) {
        if (routing == Routing.PLANNED) {
            return turns.next(eligible);
        }
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < among.size(); i++) {
            if (eligible.test(i)) {
                double load = load(among.get(i));
                if (best < 0 || load < least) {
                    best = i;
                    least = load;
                }
            }
        }
        return best;
    }

    private double load(int group) {
        double waiting = table.outstanding[group] / groups.get(group).capacityRequestsPerSecond();
        if (routing == Routing.LEAST_LOADED || memories[group].capacity() == 0) {
            return waiting;
        }
        return (double) memories[group].used() / memories[group].capacity() + TIE * waiting;
    }

    private boolean isGone(int group, double now, GroupServer[] servers) {
        return losesGroups && servers[group].pipeline().outages().isGone(now);
    }

    /** Whether neither the group nor all that it could send the request to are down for good. */
    private boolean remains(int entry, int request, double now, GroupServer[] servers) {
        if (isGone(entry, now, servers)) {
            return false;
        }
        return groups.get(entry).phase() == Phase.COLOCATED
                || table.endsAtFirstToken(request)
                || receiversFrom.get(entry).stream()
                        .anyMatch(to -> canReceive(to, request) && !isGone(to, now, servers));
    }

    private boolean canServe(int entry, int request) {
        if (groups.get(entry).phase() == Phase.COLOCATED) {
            return memories[entry].canHold(table.total(request));
        }
        return memories[entry].canHold(table.prompt[request])
                && (table.endsAtFirstToken(request) || table.total(request) <= longestFrom.get(entry));
    }

    private boolean canReceive(int group, int request) {
        return memories[group].canHold(table.total(request));
    }
}
