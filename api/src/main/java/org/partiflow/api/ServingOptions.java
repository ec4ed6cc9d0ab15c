package org.partiflow.api;

import org.partiflow.api.cost.KvProtocol;

/**
 * How the engines are run: the assumptions every part of the planner, the checker and the simulator share.
 *
 * @param memoryUtilization share of a GPU's memory that weights, activations and KV cache may fill, in (0, 1]
 * @param maxBatchedTokens most prompt tokens in one forward pass, at least 1; longer prompts are cut into chunks
 * @param maxSequences most sequences that one decode micro-batch may hold, at least 1
 * @param kvProtocol how KV caches travel from prefill to decode groups
 * @param engine the engine that plans must be deployable with
 */
public record ServingOptions(
        double memoryUtilization, int maxBatchedTokens, int maxSequences, KvProtocol kvProtocol, TargetEngine engine) {
    /** vLLM's customary settings: 0.9 of memory, 8,192 batched tokens, 256 sequences; GPUDirect RDMA, layer by layer. */
    public static final ServingOptions DEFAULT = new ServingOptions(0.9, 8192, 256, KvProtocol.DEFAULT);

    /** Rejects values out of range. */
    public ServingOptions {
        if (!(memoryUtilization > 0 && memoryUtilization <= 1)) {
            throw new IllegalArgumentException("memory utilisation must be in (0, 1], got " + memoryUtilization);
        }
        if (maxBatchedTokens < 1 || maxSequences < 1) {
            throw new IllegalArgumentException("batch limits must be at least 1, got " + maxBatchedTokens
                    + " tokens and " + maxSequences + " sequences");
        }
    }

    /** Options for any engine. */
    public ServingOptions(double memoryUtilization, int maxBatchedTokens, int maxSequences, KvProtocol kvProtocol) {
        this(memoryUtilization, maxBatchedTokens, maxSequences, kvProtocol, TargetEngine.ANY);
    }

    /** The same with another KV protocol. */
    public ServingOptions withKvProtocol(KvProtocol protocol) {
        return new ServingOptions(memoryUtilization, maxBatchedTokens, maxSequences, protocol, engine);
    }

    /** The same for plans that must be deployable with this engine. */
    public ServingOptions withEngine(TargetEngine target) {
        return new ServingOptions(memoryUtilization, maxBatchedTokens, maxSequences, kvProtocol, target);
    }
}
