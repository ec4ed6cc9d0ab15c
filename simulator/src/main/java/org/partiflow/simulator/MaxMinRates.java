package org.partiflow.simulator;

import java.util.Arrays;

/**
 * Max-min fair rates by progressive filling: all rates rise together; those on the link that fills first stop there, and
 * so on. Only the part of the network that a path shares links with, directly or through others, is computed anew:
 * O(links^2 + path-link pairs) of that part.
 */
final class MaxMinRates {
    private final int[][] links;
    private final double[][] bytesPerToken;
    private final double[] capacity;
    private final int[] count;
    private final double[] rate;
    private final double[] next;
    private final int[][] pathsOn;
    private final int[] pathsOnCount;
    private final boolean[] linkSeen;
    private final boolean[] pathSeen;
    private final int[] part;
    private final int[] partLinks;
    private int partSize;
    private int partLinkCount;
    private final double[] remaining;
    private final double[] weight;
    private final int[] open;
    private final double[] fill;
    private final int[] liveLinks;

    /** Rates of paths over {@code links}, which take {@code bytesPerToken} on each; capacities may change later. */
    MaxMinRates(int[][] links, double[][] bytesPerToken, double[] capacity) {
        this.links = links;
        this.bytesPerToken = bytesPerToken;
        this.capacity = capacity;
        count = new int[links.length];
        rate = new double[links.length];
        next = new double[links.length];
        pathsOn = new int[capacity.length][4];
        pathsOnCount = new int[capacity.length];
        linkSeen = new boolean[capacity.length];
        pathSeen = new boolean[links.length];
        part = new int[links.length];
        partLinks = new int[capacity.length];
        remaining = new double[capacity.length];
        weight = new double[capacity.length];
        open = new int[capacity.length];
        fill = new double[capacity.length];
        liveLinks = new int[capacity.length];
    }

    /** Tokens per second of each transfer on a path, until {@link #adopt}. */
    double rate(int path) {
        return rate[path];
    }

    /** The same after {@link #adopt}. */
    double next(int path) {
        return next[path];
    }

    /** Makes a path's new rate its rate. */
    void adopt(int path) {
        rate[path] = next[path];
    }

    /** Transfers on a path. */
    int count(int path) {
        return count[path];
    }

    /** One more transfer on a path; rates are old until they are shared out. */
    void add(int path) {
        if (count[path]++ == 0) {
            for (int link : links[path]) {
                if (pathsOnCount[link] == pathsOn[link].length) {
                    pathsOn[link] = Arrays.copyOf(pathsOn[link], 2 * pathsOn[link].length);
                }
                pathsOn[link][pathsOnCount[link]++] = path;
            }
        }
    }

    /** One transfer less on a path; rates are old until they are shared out. */
    void remove(int path) {
        if (--count[path] == 0) {
            for (int link : links[path]) {
                int[] paths = pathsOn[link];
                int i = 0;
                while (paths[i] != path) {
                    i++;
                }
                paths[i] = paths[--pathsOnCount[link]];
            }
        }
    }

    /** Finds the paths in use that use the first {@code seedCount} links of {@code seeds}, or share links with such; returns how many, see {@link #affected}. */
    int find(int[] seeds, int seedCount) {
        partSize = 0;
        partLinkCount = 0;
        for (int i = 0; i < seedCount; i++) {
            see(seeds[i]);
        }
        for (int i = 0; i < partLinkCount; i++) {
            int link = partLinks[i];
            for (int j = 0; j < pathsOnCount[link]; j++) {
                int path = pathsOn[link][j];
                if (!pathSeen[path]) {
                    pathSeen[path] = true;
                    part[partSize++] = path;
                    for (int other : links[path]) {
                        see(other);
                    }
                }
            }
        }
        for (int i = 0; i < partLinkCount; i++) {
            linkSeen[partLinks[i]] = false;
        }
        return partSize;
    }

    /** One of the paths that were found. */
    int affected(int index) {
        return part[index];
    }

    /** Shares the links out among the paths that were found; {@link #adopt} puts the new rates into force. */
    void share() {
        for (int i = 0; i < partLinkCount; i++) {
            int link = partLinks[i];
            remaining[link] = capacity[link];
            open[link] = pathsOnCount[link];
            weight[link] = 0;
        }
        for (int i = 0; i < partSize; i++) {
            int path = part[i];
            for (int j = 0; j < links[path].length; j++) {
                weight[links[path][j]] += count[path] * bytesPerToken[path][j];
            }
        }
        int live = 0;
        for (int i = 0; i < partLinkCount; i++) {
            int link = partLinks[i];
            if (open[link] > 0) {
                fill[link] = remaining[link] / weight[link];
                liveLinks[live++] = link;
            }
        }
        double level = 0;
        while (live > 0) {
            int tightest = 0;
            double lowest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < live; i++) {
                int link = liveLinks[i];
                if (open[link] == 0) {
                    liveLinks[i--] = liveLinks[--live];
                } else if (fill[link] < lowest || (fill[link] == lowest && link < liveLinks[tightest])) {
                    lowest = fill[link];
                    tightest = i;
                }
            }
            if (live == 0) {
                break;
            }
            level = Math.max(level, lowest); // guards against rounding: levels cannot fall
            int link = liveLinks[tightest];
            liveLinks[tightest] = liveLinks[--live];
            fix(link, level);
        }
    }

    private void see(int link) {
        if (!linkSeen[link]) {
            linkSeen[link] = true;
            partLinks[partLinkCount++] = link;
        }
    }

    /** Fixes what is still open on a link at this rate. */
    private void fix(int link, double level) {
        int[] paths = pathsOn[link];
        int size = pathsOnCount[link];
        for (int i = 0; i < size; i++) {
            int path = paths[i];
            if (pathSeen[path]) {
                pathSeen[path] = false;
                next[path] = level;
                take(path, link, level);
            }
        }
    }

    /** Takes what a path carries off its links but the one that fixed it. */
    private void take(int path, int fixedBy, double level) {
        int[] own = links[path];
        double[] bytesOf = bytesPerToken[path];
        for (int j = 0; j < own.length; j++) {
            int other = own[j];
            if (other != fixedBy) {
                double bytes = count[path] * bytesOf[j];
                double left = remaining[other] - level * bytes;
                double others = weight[other] - bytes;
                remaining[other] = left > 0 ? left : 0;
                weight[other] = others > Double.MIN_NORMAL ? others : Double.MIN_NORMAL;
                fill[other] = remaining[other] / weight[other];
                open[other]--;
            }
        }
    }
}
