package org.partiflow.simulator;

/**
 * How a continuous-batching engine is set up, in vLLM's terms. Immutable.
 *
 * @param maxSequences most running sequences ({@code max_num_seqs}), at least 1
 * @param maxBatchedTokens most tokens of a step ({@code max_num_batched_tokens}), at least 1
 * @param blockTokens tokens of a KV block, at least 1
 * @param kvTokens tokens that the KV cache holds, at least a block
 */
public record EngineSettings(int maxSequences, int maxBatchedTokens, int blockTokens, long kvTokens) {
    /** vLLM's block size. */
    public static final int BLOCK_TOKENS = 16;

    /** Rejects values out of range. */
    public EngineSettings {
        if (maxSequences < 1 || maxBatchedTokens < 1 || blockTokens < 1) {
            throw new IllegalArgumentException("an engine needs at least 1 sequence, 1 batched token and blocks of 1"
                    + " token, got " + maxSequences + ", " + maxBatchedTokens + " and " + blockTokens);
        }
        if (kvTokens < blockTokens) {
            throw new IllegalArgumentException(
                    "the KV cache must hold a block of " + blockTokens + " tokens, got " + kvTokens + " tokens");
        }
    }

    /** Settings with vLLM's block size. */
    public static EngineSettings vllm(int maxSequences, int maxBatchedTokens, long kvTokens) {
        return new EngineSettings(maxSequences, maxBatchedTokens, BLOCK_TOKENS, kvTokens);
    }

    long blocks() {
        return kvTokens / blockTokens;
    }

    long blocksOf(long tokens) {
        return (tokens + blockTokens - 1) / blockTokens;
    }
}
