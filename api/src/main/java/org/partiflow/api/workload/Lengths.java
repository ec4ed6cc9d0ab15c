package org.partiflow.api.workload;

/**
 * A joint distribution of prompt and output lengths. Implementations are immutable and thread-safe.
 */
public interface Lengths {
    /** Receives a point of a discretised distribution. */
    @FunctionalInterface
    interface PointVisitor {
        /** One point: lengths in tokens (at least 1) and its probability. */
        void visit(double promptTokens, double outputTokens, double probability);
    }

    /** Visits points whose probabilities sum to 1, always in the same order. */
    void forEachPoint(PointVisitor visitor);

    /**
     * Draws the prompt length.
     *
     * @param u uniform in [0, 1)
     * @return tokens, at least 1
     */
    int samplePrompt(double u);

    /**
     * Draws the output length that goes with a prompt drawn from {@code u}.
     *
     * @param u what the prompt was drawn from
     * @param v independent uniform in [0, 1)
     * @return tokens, at least 1
     */
    int sampleOutput(double u, double v);

    /** The longest prompt that can occur, tokens. */
    int maxPrompt();

    /** The longest sum of prompt and output that can occur, tokens. */
    int maxTotal();
}
