package org.partiflow.simulator;

import java.util.stream.IntStream;

/** Carries out what {@link FaultPolicy} says when groups and links fail. O(requests that have arrived) per failure. */
final class Recovery {
    private final FaultPolicy policy;
    private final RequestTable table;
    private final GroupServer[] servers;
    private final Router router;
    private final KvTransfers transfers;
    private final FairNetwork network;
    private long retries;

    Recovery(
            FaultPolicy policy,
            RequestTable table,
            GroupServer[] servers,
            Router router,
            KvTransfers transfers,
            FairNetwork network) {
        this.policy = policy;
        this.table = table;
        this.servers = servers;
        this.router = router;
        this.transfers = transfers;
        this.network = network;
    }

    /** Announces when groups fail and work again. */
    void announce(EventQueue events) {
        for (int group = 0; group < servers.length; group++) {
            Outages outages = servers[group].pipeline().outages();
            for (double start : outages.starts()) {
                events.add(start, EventKind.GROUP_DOWN, group, 0);
                double up = outages.upAgain(start);
                if (up < Double.POSITIVE_INFINITY) {
                    events.add(up, EventKind.GROUP_UP, group, 0);
                }
            }
        }
    }

    /** How often a request that had got somewhere started again, or its cache was sent again. */
    long retries() {
        return retries;
    }

    /** A group fails: what it holds is gone. */
    void groupDown(int group, int arrived, double now) {
        int[] affected = IntStream.range(0, arrived)
                .filter(r -> table.state[r] == RequestTable.ON_ITS_WAY)
                .filter(r -> table.entry[r] == group || table.second[r] == group)
                .toArray();
        transfers.close(group);
        servers[group].crash();
        servers[group].pipeline().crash(now);
        for (int request : affected) {
            if (table.place[request] == RequestTable.HANDED_OVER) {
                if (table.second[request] == group) {
                    again(request, true, now);
                }
            } else if (table.entry[request] == group) {
                int receiver = table.second[request];
                transfers.withdraw(request, false, now);
                if (receiver >= 0) {
                    servers[receiver].recover(now); // memory was freed
                }
                again(request, table.place[request] == RequestTable.INSIDE, now);
            } else {
                divert(request, now);
            }
        }
    }

    /** A group works again. */
    void groupUp(int group, double now) {
        transfers.open(group, now);
        servers[group].recover(now);
    }

    /** A link fails: what is on it is gone; the prefill groups still have it. */
    void linkDown(int link, double now) {
        if (policy == FaultPolicy.WAIT) {
            return;
        }
        for (int request : network.on(link)) {
            if (isLost(request, now)) {
                int receiver = table.second[request];
                transfers.withdraw(request, false, now);
                loseFromEntry(request, now);
                servers[receiver].recover(now); // memory was freed
            } else {
                retries++;
                transfers.resend(request, now);
            }
        }
    }

    /** A request whose decode group failed before it got there: its cache goes elsewhere. */
    private void divert(int request, double now) {
        byte cache = table.cache[request];
        boolean underWay =
                cache == RequestTable.ON_WIRE || cache == RequestTable.AWAITING || cache == RequestTable.LANDING;
        transfers.withdraw(request, true, now);
        if (underWay && isLost(request, now)) {
            loseFromEntry(request, now);
            return;
        }
        retries += underWay ? 1 : 0;
        table.tries[request]++;
        if (!router.chooseRoute(request, now, servers)) {
            loseFromEntry(request, now);
        } else if (cache != RequestTable.STAYS) {
            transfers.ask(request, now);
        }
    }

    /** While its prompt is being computed, a request cannot be lost elsewhere. */
    private boolean isLost(int request, double now) {
        return policy == FaultPolicy.LOSE && now >= table.firstToken[request];
    }

    private void again(int request, boolean hadState, double now) {
        if (hadState && policy == FaultPolicy.LOSE) {
            table.lose(request);
            return;
        }
        retries += hadState ? 1 : 0;
        table.startAgain(request);
        int group = router.choose(request, now, servers);
        if (group < 0) {
            table.lose(request);
        } else {
            servers[group].accept(request, now);
        }
    }

    private void loseFromEntry(int request, double now) {
        int entry = table.entry[request];
        table.lose(request);
        ((PrefillServer) servers[entry]).release(request, now);
    }
}
