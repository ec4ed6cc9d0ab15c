package org.partiflow.solvers.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Starts of a {@link BipartiteFlow}: a first flow from nothing, and the bits that the search reads. Stateless. */
final class BipartiteStart {
    private BipartiteStart() {}

    /** Fills an empty flow: along the diagonal if no link binds there, otherwise in proportion and then what fits. */
    static void pour(BipartiteFlow f) {
        if (diagonalFits(f)) {
            pourDiagonally(f);
        } else {
            pourWide(f);
            pourRest(f);
        }
    }

    /** Whether the walk of the north-west corner rule meets no link that binds. O(left + right). */
    private static boolean diagonalFits(BipartiteFlow f) {
        int i = 0;
        int j = 0;
        long here = f.supply[0];
        long there = f.demand[0];
        while (true) {
            long amount = Math.min(here, there);
            if (f.capacity[i * f.right + j] < amount) {
                return false;
            }
            here -= amount;
            there -= amount;
            if (here == 0) {
                if (++i == f.left) {
                    return true;
                }
                here = f.supply[i];
            } else {
                if (++j == f.right) {
                    return true;
                }
                there = f.demand[j];
            }
        }
    }

    private static void pourDiagonally(BipartiteFlow f) {
        int j = 0;
        for (int i = 0; i < f.left && j < f.right; i++) {
            while (f.leftRoom[i] > 0 && j < f.right) {
                long amount = Math.min(f.leftRoom[i], f.rightRoom[j]);
                f.flow[i * f.right + j] = amount;
                f.leftRoom[i] -= amount;
                f.rightRoom[j] -= amount;
                if (f.rightRoom[j] == 0) {
                    j++;
                }
            }
        }
    }

    /**
     * Spreads each supply over its wide links, those that carry more than twice their fair share, in proportion to the
     * demands behind them, and lowers what then arrives at a right vertex in proportion too. So surplus and shortage stay
     * spread evenly over the vertices that have them, and the narrow links are kept for what leads from one to the other.
     */
    private static void pourWide(BipartiteFlow f) {
        int right = f.right;
        double fair = 2.0 * max(f.demand) / Math.max(1, Math.max(sum(f.supply), sum(f.demand)));
        double[] leftScale = new double[f.left];
        double[] rightScale = new double[right];
        boolean any = false;
        for (int i = 0; i < f.left; i++) {
            leftScale[i] = offer(f, i, (long) (fair * f.supply[i]), rightScale);
            any |= leftScale[i] > 0;
        }
        if (!any) {
            return;
        }
        for (int j = 0; j < right; j++) {
            rightScale[j] = f.demand[j] * Math.min(1, f.demand[j] / Math.max(1, rightScale[j]));
        }
        for (int i = 0; i < f.left; i++) {
            if (leftScale[i] > 0) {
                send(f, i, (long) (fair * f.supply[i]), leftScale[i], rightScale);
            }
        }
    }

    /** Adds what left vertex i would send over its wide links, and returns its supply over the demand behind them. */
    private static double offer(BipartiteFlow f, int i, long narrow, double[] arriving) {
        int right = f.right;
        int row = i * right;
        long behind = 0;
        for (int j = 0; j < right; j++) {
            behind += f.capacity[row + j] > narrow ? f.demand[j] : 0;
        }
        if (behind == 0) {
            return 0;
        }
        double scale = (double) f.supply[i] / behind;
        for (int j = 0; j < right; j++) {
            arriving[j] += f.capacity[row + j] > narrow ? scale * f.demand[j] : 0;
        }
        return scale;
    }

    private static void send(BipartiteFlow f, int i, long narrow, double scale, double[] accepted) {
        int row = i * f.right;
        long[] room = f.rightRoom;
        long rest = f.supply[i];
        for (int j = 0; j < f.right; j++) {
            long most = f.capacity[row + j];
            if (most > narrow) {
                long x = Math.min(Math.min((long) (scale * accepted[j]), most), Math.min(rest, room[j]));
                f.flow[row + j] = x;
                rest -= x;
                room[j] -= x;
            }
        }
        f.leftRoom[i] = rest;
    }

    private static void pourRest(BipartiteFlow f) {
        int right = f.right;
        long[] room = f.rightRoom;
        for (int i = 0; i < f.left; i++) {
            long rest = f.leftRoom[i];
            int row = i * right;
            for (int j = 0; j < right && rest > 0; j++) {
                long x = Math.min(Math.min(rest, room[j]), f.capacity[row + j] - f.flow[row + j]);
                f.flow[row + j] += x;
                rest -= x;
                room[j] -= x;
            }
            f.leftRoom[i] = rest;
        }
    }

    /**
     * The cut of a maximal flow in two closed forms: no demand has room, so nothing reaches the sink; or every left vertex
     * has an open link to a demand with room, so all that receives anything reaches it. Null if neither holds.
     */
    static boolean @Nullable [] sourceSide(BipartiteFlow f) {
        int first = 0;
        while (first < f.right && f.rightRoom[first] == 0) {
            first++;
        }
        boolean[] side = new boolean[f.left + f.right];
        if (first == f.right) {
            Arrays.fill(side, true);
            return side;
        }
        for (int i = 0; i < f.left; i++) {
            if (!isOpen(f, i, first)) {
                return null;
            }
        }
        for (int j = 0; j < f.right; j++) {
            side[f.left + j] = f.rightRoom[j] == 0 && f.demand[j] == 0;
        }
        return side;
    }

    private static boolean isOpen(BipartiteFlow f, int i, int first) {
        for (int j = first; j < f.right; j++) {
            if (f.rightRoom[j] > 0 && f.flow[i * f.right + j] < f.capacity[i * f.right + j]) {
                return true;
            }
        }
        return false;
    }

    /** Sets all bits from flow and capacity. */
    static void index(BipartiteFlow f) {
        int right = f.right;
        for (int i = 0; i < f.left; i++) {
            int row = i * right;
            for (int w = 0; w < f.rightWords; w++) {
                int from = row + (w << 6);
                int to = Math.min(from + 64, row + right);
                long open = 0;
                long used = 0;
                for (int cell = from; cell < to; cell++) {
                    long x = f.flow[cell];
                    open |= (x - f.capacity[cell] >>> 63) << cell - from;
                    used |= (-x >>> 63) << cell - from;
                }
                f.open[i * f.rightWords + w] = open;
                f.used[i * f.rightWords + w] = used;
            }
        }
        transpose(f);
    }

    private static void transpose(BipartiteFlow f) {
        long[] block = new long[64];
        for (int v = 0; v < f.leftWords; v++) {
            int rows = Math.min(64, f.left - (v << 6));
            for (int w = 0; w < f.rightWords; w++) {
                for (int i = 0; i < rows; i++) {
                    block[i] = f.used[((v << 6) + i) * f.rightWords + w];
                }
                Arrays.fill(block, rows, 64, 0);
                transpose(block);
                int columns = Math.min(64, f.right - (w << 6));
                for (int j = 0; j < columns; j++) {
                    f.usedByRight[((w << 6) + j) * f.leftWords + v] = block[j];
                }
            }
        }
    }

    /** Transposes 64 x 64 bits by swapping ever smaller blocks. */
    private static void transpose(long[] block) {
        long mask = 0x00000000FFFFFFFFL;
        for (int width = 32; width != 0; width >>>= 1, mask ^= mask << width) {
            for (int k = 0; k < 64; k = (k + width + 1) & ~width) {
                long differs = (block[k] >>> width ^ block[k + width]) & mask;
                block[k] ^= differs << width;
                block[k + width] ^= differs;
            }
        }
    }

    private static long max(long[] amounts) {
        long most = 0;
        for (long amount : amounts) {
            most = Math.max(most, amount);
        }
        return most;
    }

    private static long sum(long[] amounts) {
        long sum = 0;
        for (long amount : amounts) {
            sum += amount;
        }
        return sum;
    }
}
