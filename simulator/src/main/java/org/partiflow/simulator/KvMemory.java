package org.partiflow.simulator;

/** KV memory of a group, in tokens; given out in blocks. */
final class KvMemory {
    private final long capacity;
    private final int block;
    private final boolean recomputes;
    private long used;
    private long peak;

    KvMemory(long capacity, KvPolicy policy) {
        block = policy.blockTokens();
        recomputes = policy.onFull() == KvPolicy.OnFull.RECOMPUTE;
        this.capacity = capacity / block * block;
    }

    /** Whether so many tokens could ever be held. */
    boolean canHold(long tokens) {
        return tokens <= capacity;
    }

    long capacity() {
        return capacity;
    }

    /** Tokens per block. */
    int block() {
        return block;
    }

    /** Whether sequences grow, and are recomputed if there is no room to. */
    boolean recomputes() {
        return recomputes;
    }

    /** Tokens in whole blocks. */
    long rounded(long tokens) {
        return (tokens + block - 1) / block * block;
    }

    /** What a sequence holds when it begins to decode. */
    long atFirstToken(int prompt, int output) {
        return rounded(recomputes ? prompt + 1L : (long) prompt + output);
    }

    /** Takes the tokens, rounded, if they are free now. */
    boolean tryTake(long tokens) {
        long whole = rounded(tokens);
        if (used + whole > capacity) {
            return false;
        }
        take(whole);
        return true;
    }

    /** Takes tokens in whole blocks that are known to be free. */
    void take(long tokens) {
        used += tokens;
        peak = Math.max(peak, used);
    }

    long free() {
        return capacity - used;
    }

    /** Gives back the blocks of so many tokens of one sequence. */
    void release(long tokens) {
        used -= rounded(tokens);
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
