package org.partiflow.simulator;

/** KV memory of a group, in tokens. */
final class KvMemory {
    private final long capacity;
    private long used;
    private long peak;

    KvMemory(long capacity) {
        this.capacity = capacity;
    }

    /** Whether so many tokens could ever be held. */
    boolean canHold(long tokens) {
        return tokens <= capacity;
    }

    long capacity() {
        return capacity;
    }

    /** Takes the tokens if they are free now. */
    boolean tryTake(long tokens) {
        if (used + tokens > capacity) {
            return false;
        }
        take(tokens);
        return true;
    }

    /** Takes tokens that are known to be free. */
    void take(long tokens) {
        used += tokens;
        peak = Math.max(peak, used);
    }

    long free() {
        return capacity - used;
    }

    void release(long tokens) {
        used -= tokens;
    }

    /** All that it held is lost. */
    void clear() {
        used = 0;
    }

    long used() {
        return used;
    }

    /** Highest share of the capacity that was in use. */
    double peakShare() {
        return capacity == 0 ? 0 : (double) peak / capacity;
    }
}
