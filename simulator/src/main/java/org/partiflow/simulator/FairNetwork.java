package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.report.SimulationReport;

/**
 * Fluid transfers over shared links with max-min fair rates, in tokens per second.
 *
 * <p>All transfers of one path load the same links alike, so they have the same rate. A path therefore keeps one progress
 * (tokens that each of its transfers has received since the path was last idle), and a transfer ends when the progress
 * reaches what it was at the start plus the transfer's tokens. Starts and ends of one time together cost one sharing among
 * the paths that they affect ({@link MaxMinRates}) and a look at each path in use, and O(log transfers) each.
 */
final class FairNetwork {
    private static final int SHARE = -1;

    private final EventQueue events;
    private final SharedLinks shared;
    private final int[][] links;
    private final double[][] bytesPerToken;
    private final double[] nominal;
    private final double[] capacity;
    private final MaxMinRates rates;
    private final KeyedHeap[] transfers;
    private final double[] progress;
    private final double[] updated;
    private final double[] endsAt;
    private final double[] carried;
    private final double[][] carriedBefore = new double[2][];
    private final double[] marks;
    private int marked;
    private final boolean[] changed;
    private final int[] active;
    private final int[] place;
    private int activeCount;
    private int[] touched = new int[16];
    private int touchedCount;
    private int epoch;
    private int next = -1;

    FairNetwork(EventQueue events, SharedLinks shared, ServingOptions serving, List<KvPath> paths, Window window) {
        this.events = events;
        this.shared = shared;
        int n = paths.size();
        links = new int[n][];
        bytesPerToken = new double[n][];
        transfers = new KeyedHeap[n];
        carried = new double[n];
        changed = new boolean[n];
        marks = new double[] {window.start(), window.end()};
        for (int i = 0; i < n; i++) {
            KvTraffic traffic = paths.get(i).traffic;
            links[i] = traffic.links().stream().mapToInt(Integer::intValue).toArray();
            bytesPerToken[i] = traffic.bytesPerToken().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            transfers[i] = new KeyedHeap();
        }
        nominal = new double[shared.count()];
        for (int link = 0; link < nominal.length; link++) {
            nominal[link] = KvTraffic.effectiveBytesPerSecond(shared, serving.kvProtocol(), link);
        }
        capacity = nominal.clone();
        rates = new MaxMinRates(links, bytesPerToken, capacity);
        progress = new double[n];
        updated = new double[n];
        endsAt = new double[n];
        active = new int[n];
        place = new int[n];
    }

    /** Lets a transfer onto the wire. */
    void start(int path, int request, int tokens, double now) {
        mark(now);
        if (rates.count(path) == 0) {
            place[path] = activeCount;
            active[activeCount++] = path;
            progress[path] = 0;
            updated[path] = now;
        }
        advance(path, now);
        transfers[path].add(progress[path] + tokens, request);
        rates.add(path);
        changed[path] = true;
        touch(links[path], now);
    }

    /**
     * Takes the transfer that ends now off the wire.
     *
     * @param announced epoch of the event
     * @return the request, -1 if rates have changed since the event was made
     */
    int end(int announced, double now) {
        mark(now);
        if (announced == SHARE) {
            share(now);
            return -1;
        }
        if (announced != epoch || next < 0) {
            return -1;
        }
        int path = next;
        advance(path, now);
        int request = transfers[path].poll();
        leave(path, now);
        return request;
    }

    /** Takes a transfer off the wire before its end. */
    void cancel(int path, int request, double now) {
        mark(now);
        advance(path, now);
        transfers[path].remove(request);
        leave(path, now);
    }

    /** Requests whose caches are on a link, ascending. */
    int[] on(int link) {
        return IntStream.range(0, activeCount)
                .map(i -> active[i])
                .filter(path -> Arrays.stream(links[path]).anyMatch(l -> l == link))
                .flatMap(path -> Arrays.stream(transfers[path].toArray()))
                .sorted()
                .toArray();
    }

    private void leave(int path, double now) {
        rates.remove(path);
        changed[path] = true;
        if (rates.count(path) == 0) {
            int last = active[--activeCount];
            active[place[path]] = last;
            place[last] = place[path];
        }
        touch(links[path], now);
        next = -1;
    }

    /** Changes what a link can carry from now on, as a share of its nominal rate; 0 holds transfers up. */
    void scale(int link, double factor, double now) {
        capacity[link] = nominal[link] * factor;
        touch(new int[] {link}, now);
    }

    /** Whether anything is on the wire. */
    boolean isBusy() {
        return activeCount > 0;
    }

    /** Accounts for what has been carried until now; call it before {@link #uses}. */
    void settle(double now) {
        mark(now);
        advanceAll(now);
    }

    /** Notes what had been carried when the steady window began and ended. */
    private void mark(double now) {
        while (marked < marks.length && now >= marks[marked]) {
            advanceAll(marks[marked]);
            carriedBefore[marked++] = carried.clone();
        }
    }

    private void advanceAll(double time) {
        for (int i = 0; i < activeCount; i++) {
            advance(active[i], time);
        }
    }

    /** Busy share of each link that carried anything: bytes over what the protocol could have carried. */
    List<SimulationReport.LinkUse> uses(Window measured) {
        double[] bytes = new double[nominal.length];
        for (int path = 0; path < links.length; path++) {
            double tokens = carried(path, measured);
            for (int i = 0; i < links[path].length; i++) {
                bytes[links[path][i]] += tokens * bytesPerToken[path][i];
            }
        }
        double seconds = measured.end() - measured.start();
        List<SimulationReport.LinkUse> uses = new ArrayList<>();
        for (int link = 0; link < bytes.length; link++) {
            if (bytes[link] > 0 && seconds > 0) {
                double share = bytes[link] / (nominal[link] * seconds);
                uses.add(new SimulationReport.LinkUse(shared.id(link), Math.min(1, share)));
            }
        }
        return uses;
    }

    /** Tokens in {@code measured}: the steady window, or the same extended to the end of the run. */
    private double carried(int path, Window measured) {
        if (marked == 0) {
            return 0;
        }
        boolean whole = marked < marks.length || measured.end() > marks[1];
        return (whole ? carried[path] : carriedBefore[1][path]) - carriedBefore[0][path];
    }

    private void advance(int path, double now) {
        double tokens = rates.rate(path) * (now - updated[path]);
        progress[path] += tokens;
        carried[path] += tokens * rates.count(path);
        updated[path] = now;
    }

    /** Has rates shared out anew once all that happens now has happened. */
    private void touch(int[] changed, double now) {
        if (touchedCount == 0) {
            events.add(now, EventKind.WIRE_END, 0, SHARE);
        }
        for (int link : changed) {
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, 2 * touchedCount);
            }
            touched[touchedCount++] = link;
        }
    }

    private void share(double now) {
        int affected = rates.find(touched, touchedCount);
        touchedCount = 0;
        rates.share();
        for (int i = 0; i < affected; i++) {
            int path = rates.affected(i);
            if (!changed[path] && rates.next(path) == rates.rate(path)) {
                continue;
            }
            changed[path] = false;
            advance(path, now);
            rates.adopt(path);
            double left = Math.max(0, transfers[path].firstKey() - progress[path]);
            endsAt[path] = left == 0 ? now : now + left / rates.rate(path);
        }
        epoch++;
        next = -1;
        double soonest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < activeCount; i++) {
            int path = active[i];
            if (endsAt[path] < soonest) {
                soonest = endsAt[path];
                next = path;
            }
        }
        if (next >= 0) {
            events.add(soonest, EventKind.WIRE_END, 0, epoch);
        }
    }
}
