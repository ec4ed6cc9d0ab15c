package org.partiflow.costmodel;

/**
 * Time of matrix products as a function of the tokens, with divisions done beforehand. Immutable.
 *
 * @param computeSecondsPerToken compute time
 * @param weightSeconds time to read one set of weights
 * @param activationSecondsPerToken time to read and write activations
 */
record TokenCurve(double computeSecondsPerToken, double weightSeconds, double activationSecondsPerToken) {
    /** Seconds for {@code tokens} that touch {@code weightSets} sets of weights. */
    double seconds(double tokens, double weightSets) {
        return SmoothMaximum.of(
                computeSecondsPerToken * tokens, weightSeconds * weightSets + activationSecondsPerToken * tokens);
    }
}
