package org.partiflow.api.workload;

/**
 * Every request has the same lengths.
 *
 * @param promptTokens prompt length, at least 1
 * @param outputTokens output length, at least 1
 */
public record FixedLengths(int promptTokens, int outputTokens) implements Lengths {
    /** Rejects lengths below 1. */
    public FixedLengths {
        if (promptTokens < 1 || outputTokens < 1) {
            throw new IllegalArgumentException(
                    "lengths must be at least 1, got " + promptTokens + " and " + outputTokens);
        }
    }

    @Override
    public void forEachPoint(PointVisitor visitor) {
        visitor.visit(promptTokens, outputTokens, 1);
    }

    @Override
    public int samplePrompt(double u) {
        return promptTokens;
    }

    @Override
    public int sampleOutput(double u, double v) {
        return outputTokens;
    }

    @Override
    public int maxPrompt() {
        return promptTokens;
    }

    @Override
    public int maxTotal() {
        return promptTokens + outputTokens;
    }
}
