package org.partiflow.api.workload;

import java.util.List;

/**
 * What planning needs to know of the lengths: since times are (piecewise) linear in tokens and in token pairs, these
 * expectations carry the whole distribution, not only its mean. {@code n} is the prompt, {@code o} the output length.
 *
 * @param prompt E[n]
 * @param promptPairs E[n (n + 1) / 2], query-key pairs of causal attention over a prompt
 * @param output E[o]
 * @param decodeSteps E[o - 1], tokens made by decode; the first token comes from prefill
 * @param contextSteps E[sum over decode steps of the tokens then in the cache]
 * @param reservedSteps E[(o - 1) (n + o)], decode steps weighted with the request's final length
 */
public record LengthMoments(
        double prompt,
        double promptPairs,
        double output,
        double decodeSteps,
        double contextSteps,
        double reservedSteps) {

    /** Computes the moments over classes whose shares sum to 1. */
    public static LengthMoments of(List<RequestClass> classes) {
        double[] sums = new double[6];
        for (RequestClass requestClass : classes) {
            requestClass.lengths().forEachPoint((n, o, probability) -> {
                double p = probability * requestClass.share();
                double steps = o - 1;
                sums[0] += p * n;
                sums[1] += p * n * (n + 1) / 2;
                sums[2] += p * o;
                sums[3] += p * steps;
                sums[4] += p * (steps * n + steps * o / 2);
                sums[5] += p * steps * (n + o);
            });
        }
        return new LengthMoments(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
    }

    /** Mean tokens in the cache of a sequence at a decode step; the prompt where nothing is decoded. */
    public double meanContext() {
        return decodeSteps > 0 ? contextSteps / decodeSteps : prompt;
    }

    /** Mean final length of the sequences found in a decode batch; prompt plus output where nothing is decoded. */
    public double meanReserved() {
        return decodeSteps > 0 ? reservedSteps / decodeSteps : prompt + output;
    }

    /**
     * Mean final length of the sequences found being prefilled, as long as their prompts take: E[n (n + o)] / E[n]. Prompt plus
     * output where there are no prompts.
     */
    public double meanPrefillReserved() {
        if (prompt <= 0) {
            return prompt + output;
        }
        double squared = 2 * promptPairs - prompt;
        double promptTimesOutput = 2 * contextSteps - reservedSteps + prompt;
        return (squared + promptTimesOutput) / prompt;
    }
}
