package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;

/**
 * Chooses a request's groups when it arrives: first a prefill or colocated group in proportion to planned flow, then a
 * route in proportion to its share. Groups and routes whose memory could never hold the request are passed over.
 */
final class Router {
    private final RequestTable table;
    private final List<ServingGroup> groups;
    private final List<KvPath> paths;
    private final KvMemory[] memories;
    private final List<Integer> entries = new ArrayList<>();
    private final SmoothRoundRobin entryTurns;
    private final List<List<Integer>> routesFrom = new ArrayList<>();
    private final List<Long> longestFrom = new ArrayList<>();
    private final List<SmoothRoundRobin> routeTurns = new ArrayList<>();

    Router(RequestTable table, Wiring wiring) {
        this.table = table;
        groups = wiring.request().plan().groups();
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
            longestFrom.add(routes.stream()
                    .mapToLong(route -> memories[paths.get(route).to].capacity())
                    .max()
                    .orElse(0));
            routeTurns.add(new SmoothRoundRobin(shares));
        }
        entryTurns = new SmoothRoundRobin(
                entries.stream().map(i -> groups.get(i).flowRequestsPerSecond()).toList());
    }

    /** Notes the request's route; returns its first group, -1 if nothing can hold it. */
    int choose(int request) {
        int turn = entryTurns.next(i -> canServe(entries.get(i), request));
        if (turn < 0) {
            return -1;
        }
        int entry = entries.get(turn);
        if (groups.get(entry).phase() == Phase.PREFILL && !table.endsAtFirstToken(request)) {
            List<Integer> routes = routesFrom.get(entry);
            int chosen = routeTurns.get(entry).next(i -> canReceive(routes.get(i), request));
            table.route[request] = routes.get(chosen);
        }
        return entry;
    }

    private boolean canServe(int entry, int request) {
        if (groups.get(entry).phase() == Phase.COLOCATED) {
            return memories[entry].canHold(table.total(request));
        }
        return memories[entry].canHold(table.prompt[request])
                && (table.endsAtFirstToken(request) || table.total(request) <= longestFrom.get(entry));
    }

    private boolean canReceive(int route, int request) {
        return memories[paths.get(route).to].canHold(table.total(request));
    }
}
