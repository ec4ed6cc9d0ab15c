package org.partiflow.costmodel;

import java.util.function.DoubleUnaryOperator;

/**
 * Seconds as a function of tokens: linear between knots at four steps an octave, the first value below one token, in
 * proportion to the tokens above the last knot. Never falls. Immutable and thread-safe; a look-up is a few operations,
 * without allocation.
 */
public final class TokenTable {
    private static final int STEPS = 4;
    private static final int OCTAVES = 18;

    private final double[] seconds;

    private TokenTable(double[] seconds) {
        this.seconds = seconds;
    }

    /**
     * A table of a law, made non-falling by running maxima.
     *
     * @param law seconds for tokens of at least 1; finite and not negative
     */
    public static TokenTable of(DoubleUnaryOperator law) {
        double[] seconds = new double[OCTAVES * STEPS + 1];
        double most = 0;
        for (int knot = 0; knot < seconds.length; knot++) {
            most = Math.max(most, law.applyAsDouble(Octaves.knot(knot, STEPS)));
            seconds[knot] = most;
        }
        return new TokenTable(seconds);
    }

    /** The pointwise maximum of this table and {@code factor} times another. */
    public TokenTable atLeast(TokenTable other, double factor) {
        double[] larger = seconds.clone();
        for (int knot = 0; knot < larger.length; knot++) {
            larger[knot] = Math.max(larger[knot], factor * other.seconds[knot]);
        }
        return new TokenTable(larger);
    }

    /** Seconds for so many tokens. */
    public double at(double tokens) {
        if (tokens <= 1) {
            return seconds[0];
        }
        double position = Octaves.position(tokens, STEPS);
        int last = seconds.length - 1;
        if (position >= last) {
            return seconds[last] * (tokens / Octaves.knot(last, STEPS));
        }
        int knot = (int) position;
        return seconds[knot] + (position - knot) * (seconds[knot + 1] - seconds[knot]);
    }
}
