package org.partiflow.api.cost;

/**
 * The work of one forward pass. Fractional values are expectations.
 *
 * @param promptTokens prompt tokens that are processed
 * @param promptPairs query-key pairs of their attention: sum over prompt tokens of the tokens each attends to
 * @param prompts prompts (or last chunks of prompts) that need the output head
 * @param sequences sequences that decode one token each
 * @param contextTokens tokens in the caches of those sequences, summed
 */
public record StepLoad(
        double promptTokens, double promptPairs, double prompts, double sequences, double contextTokens) {
    /** A prefill pass over {@code prompts} prompts with these totals. */
    public static StepLoad prefill(double prompts, double promptTokens, double promptPairs) {
        return new StepLoad(promptTokens, promptPairs, prompts, 0, 0);
    }

    /** A decode step of {@code sequences} sequences with {@code contextTokens} cached tokens in sum. */
    public static StepLoad decode(double sequences, double contextTokens) {
        return new StepLoad(0, 0, 0, sequences, contextTokens);
    }

    /** Tokens that flow through the layers. */
    public double tokens() {
        return promptTokens + sequences;
    }
}
