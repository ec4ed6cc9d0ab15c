package org.partiflow.solvers.flow;

import java.util.Arrays;

/**
 * Dinic's phases (Dinitz 1970) on the two layers of a {@link BipartiteFlow}, with sets of vertices as bits.
 *
 * <p>A phase labels vertices by their distance to the sink, backwards: right vertices with room are level 0; left
 * vertices with an open link to a right vertex of level k are its level's left vertices; right vertices that send flow
 * back over a used link of those are level k + 1. When a left vertex with supply left is met, paths of that length are
 * augmented until none is left. The last phase meets none; what it did not reach is the source's side of the cut.
 */
final class BipartiteSearch {
    private final BipartiteFlow f;
    private final long[] reachedRight;
    private final long[] unreachedLeft;
    private final long[] withSupply;
    /** Bits of right and left vertices by level. */
    private long[] rightLevels;

    private long[] leftLevels;
    /** The path: left and right vertex by level. */
    private int[] pathLeft;

    private int[] pathRight;

    BipartiteSearch(BipartiteFlow flow) {
        f = flow;
        reachedRight = new long[f.rightWords];
        unreachedLeft = new long[f.leftWords];
        withSupply = new long[f.leftWords];
        rightLevels = new long[4 * f.rightWords];
        leftLevels = new long[4 * f.leftWords];
        pathLeft = new int[4];
        pathRight = new int[4];
    }

    /** Augments until the flow is maximal. */
    void augment() {
        for (int level = levels(); level >= 0; level = levels()) {
            block(level);
        }
    }

    /** Of a maximal flow: all that cannot reach the sink. */
    boolean[] sourceSide() {
        levels();
        boolean[] side = new boolean[f.left + f.right];
        for (int i = 0; i < f.left; i++) {
            side[i] = (unreachedLeft[i >>> 6] >>> i & 1) != 0;
        }
        for (int j = 0; j < f.right; j++) {
            side[f.left + j] = (reachedRight[j >>> 6] >>> j & 1) == 0;
        }
        return side;
    }

    /** Labels; returns the level of the nearest left vertices with supply, or -1 if none reaches the sink. */
    private int levels() {
        Arrays.fill(unreachedLeft, -1L);
        unreachedLeft[f.leftWords - 1] = -1L >>> -f.left;
        bitsOf(f.leftRoom, withSupply, 0);
        bitsOf(f.rightRoom, rightLevels, 0);
        System.arraycopy(rightLevels, 0, reachedRight, 0, f.rightWords);
        for (int level = 0; ; level++) {
            reserve(level + 1);
            if (!reachLeft(level)) {
                return -1;
            }
            if (keepStarts(level)) {
                return level;
            }
            if (!reachRight(level)) {
                return -1;
            }
        }
    }

    private boolean reachLeft(int level) {
        int words = f.rightWords;
        int target = level * words;
        boolean any = false;
        for (int v = 0; v < f.leftWords; v++) {
            long reached = 0;
            for (long rest = unreachedLeft[v]; rest != 0; rest &= rest - 1) {
                int row = ((v << 6) + Long.numberOfTrailingZeros(rest)) * words;
                for (int w = 0; w < words; w++) {
                    if ((f.open[row + w] & rightLevels[target + w]) != 0) {
                        reached |= rest & -rest;
                        break;
                    }
                }
            }
            unreachedLeft[v] &= ~reached;
            leftLevels[level * f.leftWords + v] = reached;
            any |= reached != 0;
        }
        return any;
    }

    /** If the level has left vertices with supply: keeps only those. */
    private boolean keepStarts(int level) {
        int at = level * f.leftWords;
        boolean any = false;
        for (int v = 0; v < f.leftWords; v++) {
            any |= (leftLevels[at + v] & withSupply[v]) != 0;
        }
        for (int v = 0; any && v < f.leftWords; v++) {
            leftLevels[at + v] &= withSupply[v];
        }
        return any;
    }

    private boolean reachRight(int level) {
        int words = f.rightWords;
        int next = (level + 1) * words;
        Arrays.fill(rightLevels, next, next + words, 0);
        for (int v = 0; v < f.leftWords; v++) {
            for (long rest = leftLevels[level * f.leftWords + v]; rest != 0; rest &= rest - 1) {
                int row = ((v << 6) + Long.numberOfTrailingZeros(rest)) * words;
                for (int w = 0; w < words; w++) {
                    rightLevels[next + w] |= f.used[row + w];
                }
            }
        }
        boolean any = false;
        for (int w = 0; w < words; w++) {
            rightLevels[next + w] &= ~reachedRight[w];
            reachedRight[w] |= rightLevels[next + w];
            any |= rightLevels[next + w] != 0;
        }
        return any;
    }

    /** Blocking flow: from each start, deepest level first, until no path of this length is left. */
    private void block(int top) {
        for (int v = 0; v < f.leftWords; v++) {
            for (long rest = leftLevels[top * f.leftWords + v]; rest != 0; rest &= rest - 1) {
                drain(top, (v << 6) + Long.numberOfTrailingZeros(rest));
            }
        }
    }

    private void drain(int top, int start) {
        int level = top;
        pathLeft[top] = start;
        while (true) {
            int i = pathLeft[level];
            int j = first(f.open, i * f.rightWords, rightLevels, level * f.rightWords, f.rightWords);
            if (j < 0) {
                if (level == top) {
                    return;
                }
                clear(leftLevels, level * f.leftWords, i);
                level++;
                j = pathRight[level];
            }
            pathRight[level] = j;
            if (level == 0) {
                augment(top);
                if (f.leftRoom[start] == 0) {
                    return;
                }
                level = top;
                continue;
            }
            int back = first(f.usedByRight, j * f.leftWords, leftLevels, (level - 1) * f.leftWords, f.leftWords);
            if (back < 0) {
                clear(rightLevels, level * f.rightWords, j);
            } else {
                pathLeft[--level] = back;
            }
        }
    }

    private void augment(int top) {
        int end = pathRight[0];
        long amount = Math.min(f.leftRoom[pathLeft[top]], f.rightRoom[end]);
        for (int level = top; level >= 0; level--) {
            int cell = pathLeft[level] * f.right + pathRight[level];
            amount = Math.min(amount, f.capacity[cell] - f.flow[cell]);
            if (level > 0) {
                amount = Math.min(amount, f.flow[pathLeft[level - 1] * f.right + pathRight[level]]);
            }
        }
        for (int level = top; level >= 0; level--) {
            f.shift(pathLeft[level], pathRight[level], amount);
            if (level > 0) {
                f.shift(pathLeft[level - 1], pathRight[level], -amount);
            }
        }
        if (f.rightRoom[end] == 0) {
            clear(rightLevels, 0, end);
        }
    }

    private static int first(long[] a, int startA, long[] b, int startB, int words) {
        for (int w = 0; w < words; w++) {
            long both = a[startA + w] & b[startB + w];
            if (both != 0) {
                return (w << 6) + Long.numberOfTrailingZeros(both);
            }
        }
        return -1;
    }

    private static void clear(long[] bits, int start, int at) {
        bits[start + (at >>> 6)] &= ~(1L << at);
    }

    private static void bitsOf(long[] rooms, long[] bits, int start) {
        for (int w = 0; w << 6 < rooms.length; w++) {
            long word = 0;
            int from = w << 6;
            int to = Math.min(from + 64, rooms.length);
            for (int k = from; k < to; k++) {
                word |= (-rooms[k] >>> 63) << k - from;
            }
            bits[start + w] = word;
        }
    }

    private void reserve(int levels) {
        if (levels >= pathLeft.length) {
            int more = 2 * levels;
            pathLeft = Arrays.copyOf(pathLeft, more);
            pathRight = Arrays.copyOf(pathRight, more);
            rightLevels = Arrays.copyOf(rightLevels, more * f.rightWords);
            leftLevels = Arrays.copyOf(leftLevels, more * f.leftWords);
        }
    }
}
