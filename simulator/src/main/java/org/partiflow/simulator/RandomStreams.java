package org.partiflow.simulator;

import java.util.SplittableRandom;

/** Independent random streams of a run, derived from its seed by label, so that one's use never shifts another. */
final class RandomStreams {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private RandomStreams() {}

    static SplittableRandom of(long seed, String label) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < label.length(); i++) {
            hash = (hash ^ label.charAt(i)) * FNV_PRIME;
        }
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ hash);
    }
}
