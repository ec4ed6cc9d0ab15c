package org.partiflow.partitioning;

import java.util.SplittableRandom;

/** Random sources derived from a seed by label, so that one consumer's draws never shift another's. Stateless. */
public final class LabelledRandom {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private LabelledRandom() {}

    /** A source that depends on nothing but {@code seed} and {@code label}. */
    public static SplittableRandom of(long seed, String label) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < label.length(); i++) {
            hash = (hash ^ label.charAt(i)) * FNV_PRIME;
        }
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ hash);
    }

    /** Fisher-Yates. */
    public static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
