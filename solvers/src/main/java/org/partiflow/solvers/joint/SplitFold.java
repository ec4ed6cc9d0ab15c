package org.partiflow.solvers.joint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The split of a small cluster whose least share is greatest, given the share of every tenant on every choice of GPUs. Choices
 * are numbered in the mixed radix of the nodes' counts, so what is left of v without u is v - u. By dynamic programming over
 * the tenants: O(tenants x pairs of choices), and O(choices) for two. Not thread-safe.
 */
final class SplitFold {
    private final int[] radix;
    private final int size;

    /**
     * @param counts GPUs of each node
     * @param size number of choices
     */
    SplitFold(int[] counts, int size) {
        radix = Arrays.stream(counts).map(count -> count + 1).toArray();
        this.size = size;
    }

    /** Least share and sum of the shares of the first tenants, and what the last of them takes, for every choice. */
    private record Level(double[] least, double[] sum, int[] taken) {
        Level(int size) {
            this(new double[size], new double[size], new int[size]);
            Arrays.fill(least, -1);
        }

        void offer(int choice, double share, double total, int part) {
            if (share > least[choice] || share == least[choice] && total > sum[choice]) {
                least[choice] = share;
                sum[choice] = total;
                taken[choice] = part;
            }
        }
    }

    /**
     * The choice of every tenant; {@code null} if every split leaves a tenant nothing.
     *
     * @param shares by tenant and choice
     */
    int @Nullable [] best(double[][] shares) {
        int tenants = shares.length;
        Level[] levels = new Level[tenants];
        levels[0] = new Level(size);
        for (int v = 0; v < size; v++) {
            levels[0].offer(v, shares[0][v], shares[0][v], v);
        }
        for (int t = 1; t < tenants; t++) {
            levels[t] = new Level(size);
            for (int v = t == tenants - 1 ? size - 1 : 0; v < size; v++) {
                settle(levels[t - 1], shares[t], levels[t], v);
            }
        }
        int[] choice = new int[tenants];
        int rest = size - 1;
        if (levels[tenants - 1].least[rest] <= 0) {
            return null;
        }
        for (int t = tenants - 1; t >= 0; t--) {
            choice[t] = levels[t].taken[rest];
            rest -= choice[t];
        }
        return choice;
    }

    private void settle(Level before, double[] shares, Level level, int v) {
        int[] limit = new int[radix.length];
        int[] taken = new int[radix.length];
        int rest = v;
        for (int n = 0; n < radix.length; n++) {
            limit[n] = rest % radix[n];
            rest /= radix[n];
        }
        int part = 0;
        while (part >= 0) {
            double share = Math.min(before.least[v - part], shares[part]);
            level.offer(v, share, before.sum[v - part] + shares[part], part);
            part = next(limit, taken, part);
        }
    }

    private int next(int[] limit, int[] taken, int part) {
        int at = part;
        int unit = 1;
        for (int n = 0; n < limit.length; n++) {
            if (taken[n] < limit[n]) {
                taken[n]++;
                return at + unit;
            }
            at -= taken[n] * unit;
            taken[n] = 0;
            unit *= radix[n];
        }
        return -1;
    }
}
