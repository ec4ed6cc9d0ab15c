package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.report.SimulationReport;

/**
 * Fluid transfers over shared links with max-min fair rates, in tokens per second.
 *
 * <p>All transfers of one path load the same links alike, so they have the same rate. A path therefore keeps one progress
 * (tokens that each of its transfers has received since the path was last idle), and a transfer ends when the progress
 * reaches what it was at the start plus the transfer's tokens. A start or end costs one progressive filling over the
 * paths in use, O(rounds x paths x links of a path), and O(log transfers).
 */
final class FairNetwork {
    private final EventQueue events;
    private final SharedLinks shared;
    private final int[][] links;
    private final double[][] bytesPerToken;
    private final double[] capacity;
    private final KeyedHeap[] transfers;
    private final int[] count;
    private final double[] progress;
    private final double[] rate;
    private final Meter[] carried;
    private final int[] active;
    private int activeCount;
    private double updated;
    private int epoch;
    private int next = -1;
    private final double[] remaining;
    private final double[] weight;
    private final int[] unfixed;
    private final int[] fixed;

    FairNetwork(EventQueue events, SharedLinks shared, ServingOptions serving, List<KvPath> paths, Window window) {
        this.events = events;
        this.shared = shared;
        int n = paths.size();
        links = new int[n][];
        bytesPerToken = new double[n][];
        transfers = new KeyedHeap[n];
        carried = new Meter[n];
        for (int i = 0; i < n; i++) {
            KvTraffic traffic = paths.get(i).traffic;
            links[i] = traffic.links().stream().mapToInt(Integer::intValue).toArray();
            bytesPerToken[i] = traffic.bytesPerToken().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            transfers[i] = new KeyedHeap();
            carried[i] = new Meter(window);
        }
        capacity = new double[shared.count()];
        for (int link = 0; link < capacity.length; link++) {
            capacity[link] = KvTraffic.effectiveBytesPerSecond(shared, serving.kvProtocol(), link);
        }
        count = new int[n];
        progress = new double[n];
        rate = new double[n];
        active = new int[n];
        unfixed = new int[n];
        fixed = new int[n];
        remaining = new double[capacity.length];
        weight = new double[capacity.length];
    }

    /** Lets a transfer onto the wire. */
    void start(int path, int request, int tokens, double now) {
        advance(now);
        if (count[path]++ == 0) {
            active[activeCount++] = path;
            progress[path] = 0;
        }
        transfers[path].add(progress[path] + tokens, request);
        share(now);
    }

    /**
     * Takes the transfer that ends now off the wire.
     *
     * @param announced epoch of the event
     * @return the request, -1 if rates have changed since the event was made
     */
    int end(int announced, double now) {
        if (announced != epoch || next < 0) {
            return -1;
        }
        advance(now);
        int path = next;
        int request = transfers[path].poll();
        if (--count[path] == 0) {
            removeActive(path);
        }
        share(now);
        return request;
    }

    /** Busy share of each link that carried anything: bytes over what the protocol could have carried. */
    List<SimulationReport.LinkUse> uses(Window measured) {
        double[] bytes = new double[capacity.length];
        for (int path = 0; path < links.length; path++) {
            double tokens = carried[path].sum(measured);
            for (int i = 0; i < links[path].length; i++) {
                bytes[links[path][i]] += tokens * bytesPerToken[path][i];
            }
        }
        double seconds = measured.end() - measured.start();
        List<SimulationReport.LinkUse> uses = new ArrayList<>();
        for (int link = 0; link < bytes.length; link++) {
            if (bytes[link] > 0 && seconds > 0) {
                double share = bytes[link] / (capacity[link] * seconds);
                uses.add(new SimulationReport.LinkUse(shared.id(link), Math.min(1, share)));
            }
        }
        return uses;
    }

    private void advance(double now) {
        for (int i = 0; i < activeCount; i++) {
            int path = active[i];
            progress[path] += rate[path] * (now - updated);
            carried[path].add(updated, now, rate[path] * count[path]);
        }
        updated = now;
    }

    private void removeActive(int path) {
        for (int i = 0; i < activeCount; i++) {
            if (active[i] == path) {
                active[i] = active[--activeCount];
                return;
            }
        }
    }

    private void share(double now) {
        fill();
        epoch++;
        next = -1;
        double soonest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < activeCount; i++) {
            int path = active[i];
            double seconds = Math.max(0, transfers[path].firstKey() - progress[path]) / rate[path];
            if (seconds < soonest || next < 0) {
                soonest = seconds;
                next = path;
            }
        }
        if (next >= 0) {
            events.add(now + soonest, EventKind.WIRE_END, 0, epoch);
        }
    }

    /** Progressive filling: all rates rise together; those of the link that fills first stop there, and so on. */
    private void fill() {
        for (int i = 0; i < activeCount; i++) {
            unfixed[i] = active[i];
            for (int link : links[active[i]]) {
                remaining[link] = capacity[link];
            }
        }
        double level = 0;
        for (int left = activeCount; left > 0; ) {
            weigh(left);
            double lowest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < left; i++) {
                lowest = Math.min(lowest, level(unfixed[i]));
            }
            level = Math.max(level, lowest); // guards against rounding: levels cannot fall
            left = fix(left, level);
        }
    }

    /** Adds up, anew each round and so without cancellation, what one more token per second would load on each link. */
    private void weigh(int left) {
        for (int i = 0; i < left; i++) {
            for (int link : links[unfixed[i]]) {
                weight[link] = 0;
            }
        }
        for (int i = 0; i < left; i++) {
            int path = unfixed[i];
            for (int j = 0; j < links[path].length; j++) {
                weight[links[path][j]] += count[path] * bytesPerToken[path][j];
            }
        }
    }

    /** The rate at which the first of a path's links would be full. */
    private double level(int path) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int link : links[path]) {
            lowest = Math.min(lowest, remaining[link] / weight[link]);
        }
        return lowest;
    }

    /** Fixes the paths on full links at this rate, moves the others to the front; returns how many those are. */
    private int fix(int left, double level) {
        int kept = 0;
        for (int i = 0; i < left; i++) {
            int path = unfixed[i];
            if (level(path) <= level) {
                rate[path] = level;
                fixed[i - kept] = path;
            } else {
                unfixed[kept++] = path;
            }
        }
        for (int i = 0; i < left - kept; i++) {
            int path = fixed[i];
            for (int j = 0; j < links[path].length; j++) {
                double bytes = level * count[path] * bytesPerToken[path][j];
                remaining[links[path][j]] = Math.max(0, remaining[links[path][j]] - bytes);
            }
        }
        return kept;
    }
}
