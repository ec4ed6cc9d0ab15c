package org.partiflow.solvers.helix;

import java.util.SplittableRandom;

/** Random moves between placements, applied in place. Not thread-safe. */
final class PlacementMoves {
    private final PlacementValue value;
    private final int layers;
    private final SplittableRandom random;
    private final int machines;

    PlacementMoves(PlacementValue value, int layers, int machines, SplittableRandom random) {
        this.value = value;
        this.layers = layers;
        this.machines = machines;
        this.random = random;
    }

    /** Makes one move; false if it would be illegal, the arrays then being spoilt. */
    boolean move(int[] start, int[] end) {
        int a = random.nextInt(machines);
        int b = random.nextInt(machines);
        return switch (random.nextInt(8)) {
            case 0, 1 -> shiftBoundaries(start, end);
            case 2 -> set(start, end, a, start[b], end[b]);
            case 3 -> {
                int s = start[a];
                int e = end[a];
                yield set(start, end, a, start[b], end[b]) && set(start, end, b, s, e);
            }
            case 4 -> between(start, end, a);
            case 5 -> split(start, end, a, b);
            case 6 -> join(start, end, a, b);
            default -> exchange(start, end, a, b);
        };
    }

    /** All boundaries of a range of layers move by the same small step: what lies outside shrinks and grows. */
    private boolean shiftBoundaries(int[] start, int[] end) {
        int first = boundary(start, end);
        int last = random.nextBoolean() ? first : boundary(start, end);
        int low = Math.min(first, last);
        int high = Math.max(first, last);
        int step = random.nextInt(4) == 0 ? 2 : 1;
        step = random.nextBoolean() ? step : -step;
        if (low <= 0 || high >= layers) {
            return false;
        }
        for (int m = 0; m < machines; m++) {
            if (start[m] >= 0) {
                int s = start[m] >= low && start[m] <= high ? start[m] + step : start[m];
                int e = end[m] >= low && end[m] <= high ? end[m] + step : end[m];
                if (!set(start, end, m, s, e)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A machine takes a range between two boundaries, or anywhere, as far as it likes. */
    private boolean between(int[] start, int[] end, int a) {
        int s = random.nextInt(4) == 0 ? random.nextInt(layers) : boundary(start, end);
        if (s >= layers) {
            return false;
        }
        int e = random.nextInt(3) == 0 ? s + 1 + random.nextInt(value.most(a)) : boundary(start, end);
        return set(start, end, a, s, e);
    }

    /** Machine b leaves part of its range to machine a. */
    private boolean split(int[] start, int[] end, int a, int b) {
        int s = start[b];
        int e = end[b];
        if (a == b || s < 0 || e - s < 2) {
            return false;
        }
        int middle = s + 1 + random.nextInt(e - s - 1);
        return random.nextBoolean()
                ? set(start, end, b, s, middle) && set(start, end, a, middle, e)
                : set(start, end, a, s, middle) && set(start, end, b, middle, e);
    }

    /** Machine a takes the range of b, and with it the one of a machine that follows. */
    private boolean join(int[] start, int[] end, int a, int b) {
        int from = random.nextInt(machines);
        for (int k = 0; k < machines; k++) {
            int next = (from + k) % machines;
            if (start[b] >= 0 && start[next] == end[b]) {
                return set(start, end, a, start[b], end[next]);
            }
        }
        return false;
    }

    /** Two machines in a row change places, each keeping its number of layers. */
    private boolean exchange(int[] start, int[] end, int a, int b) {
        if (start[a] < 0 || start[b] != end[a]) {
            return false;
        }
        int s = start[a];
        int middle = s + end[b] - start[b];
        int e = end[b];
        return set(start, end, b, s, middle) && set(start, end, a, middle, e);
    }

    private int boundary(int[] start, int[] end) {
        int m = random.nextInt(machines);
        int at = random.nextBoolean() ? start[m] : end[m];
        return Math.max(0, at);
    }

    private boolean set(int[] start, int[] end, int machine, int s, int e) {
        if (s < 0 || e > layers || e <= s || e - s > value.most(machine)) {
            return false;
        }
        start[machine] = s;
        end[machine] = e;
        return true;
    }
}
