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

    /** Rates of paths over {@code links}, which take {@code bytesPerToken} on each; capacities may change later. */
    MaxMinRates(int[][] links, double[][] bytesPerToken, double[] capacity) {
        this.links = links;
        this.bytesPerToken = bytesPerToken;
        this.capacity = capacity;
        count = new int[links.length];
        rate = new double[links.length];
        pathsOn = new int[capacity.length][4];
        pathsOnCount = new int[capacity.length];
        linkSeen = new boolean[capacity.length];
        pathSeen = new boolean[links.length];
        part = new int[links.length];
        partLinks = new int[capacity.length];
        remaining = new double[capacity.length];
        weight = new double[capacity.length];
        open = new int[capacity.length];
    }

    /** Tokens per second of each transfer on a path. */
    double rate(int path) {
        return rate[path];
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

    /** Shares the links out among the paths that were found. */
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
        double level = 0;
        for (int link = tightest(); link >= 0; link = tightest()) {
            level = Math.max(level, remaining[link] / weight[link]); // guards against rounding: levels cannot fall
            fix(link, level);
        }
    }

    private void see(int link) {
        if (!linkSeen[link]) {
            linkSeen[link] = true;
            partLinks[partLinkCount++] = link;
        }
    }

    private int tightest() {
        int tightest = -1;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < partLinkCount; i++) {
            int link = partLinks[i];
            if (open[link] > 0) {
                double level = remaining[link] / weight[link];
                if (tightest < 0 || level < lowest) {
                    lowest = level;
                    tightest = link;
                }
            }
        }
        return tightest;
    }

    /** Fixes what is still open on a link at this rate. */
    private void fix(int link, double level) {
        for (int i = 0; i < pathsOnCount[link]; i++) {
            int path = pathsOn[link][i];
            if (pathSeen[path]) {
                pathSeen[path] = false;
                rate[path] = level;
                for (int j = 0; j < links[path].length; j++) {
                    int other = links[path][j];
                    double bytes = count[path] * bytesPerToken[path][j];
                    remaining[other] = Math.max(0, remaining[other] - level * bytes);
                    weight[other] = Math.max(Double.MIN_NORMAL, weight[other] - bytes);
                    open[other]--;
                }
            }
        }
    }
}
