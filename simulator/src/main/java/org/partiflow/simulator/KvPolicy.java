package org.partiflow.simulator;

/**
 * How decode memory is given out, who starts a KV transfer, and whether its way is open. Immutable.
 *
 * @param blockTokens tokens per block of paged KV memory: what a sequence holds is rounded up to blocks, what a group has
 *     down; default 1, no rounding
 * @param onFull what happens when sequences need more memory than there is; default {@link OnFull#WAIT}
 * @param initiative who starts a transfer; default {@link Initiative#PUSH}
 * @param connections whether groups know each other when the run begins; default {@link Connections#WARM}
 */
public record KvPolicy(int blockTokens, OnFull onFull, Initiative initiative, Connections connections) {
    /** The defaults. */
    public static final KvPolicy DEFAULT = new KvPolicy(1, OnFull.WAIT, Initiative.PUSH, Connections.WARM);

    /** The same with warm connections. */
    public KvPolicy(int blockTokens, OnFull onFull, Initiative initiative) {
        this(blockTokens, onFull, initiative, Connections.WARM);
    }

    /** What happens when sequences need more memory than there is. */
    public enum OnFull {
        /** It cannot happen: a sequence is admitted when memory for all of its output is free; others wait. */
        WAIT,
        /**
         * A sequence is admitted when memory for its prompt is free, and takes more as it decodes. When none is left, the
         * latest sequence of the micro-batch gives up its cache, and the group recomputes it when there is room, its tokens
         * as a prompt.
         */
        RECOMPUTE
    }

    /** Who starts a transfer. */
    public enum Initiative {
        /** The prefill side, as soon as the decode side has reserved the memory. */
        PUSH,
        /** The decode side asks for it when it has room: one round trip more. */
        PULL
    }

    /** Whether groups know each other when the run begins. */
    public enum Connections {
        /** All connections are set up before the first request. */
        WARM,
        /**
         * The first transfer between two groups sets their connection up, others wait for it; a group that was down has
         * lost its connections.
         */
        COLD
    }

    /** Rejects a block without tokens. */
    public KvPolicy {
        if (blockTokens < 1) {
            throw new IllegalArgumentException("a block of KV memory must hold at least 1 token, got " + blockTokens);
        }
    }
}
