package org.partiflow.costmodel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How unevenly tokens choose among the routed experts of a layer, and where the experts are. Immutable.
 *
 * @param skew exponent of Zipf's law: the i-th most popular expert is chosen in proportion to i^-skew, without
 *     replacement, by each token on its own; 0 (all alike) to {@value #MOST_SKEW}
 * @param placed true if each GPU of a stage holds whole experts (expert parallelism), dealt so that loads are even;
 *     false if every expert is cut by columns over all of them
 */
public record ExpertRouting(double skew, boolean placed) {
    /** The largest exponent. */
    public static final double MOST_SKEW = 8;

    /** All experts alike, each cut by columns: the default. */
    public static final ExpertRouting UNIFORM = new ExpertRouting(0, false);

    private static final Pattern LABEL = Pattern.compile("experts(?:-zipf-([0-9.E-]+?))?(-placed)?");

    /** Rejects exponents out of range. */
    public ExpertRouting {
        if (!(skew >= 0 && skew <= MOST_SKEW)) {
            throw new IllegalArgumentException("the skew of experts must be in [0, " + MOST_SKEW
                    + "] (Zipf's exponent; 0: all alike), got " + skew);
        }
    }

    /** A name for ids of cost models, for example {@code experts-zipf-0.8-placed}; empty for {@link #UNIFORM}. */
    public String label() {
        return equals(UNIFORM) ? "" : "experts" + (skew > 0 ? "-zipf-" + skew : "") + (placed ? "-placed" : "");
    }

    /** The routing with this {@link #label}; empty for other names. */
    public static Optional<ExpertRouting> find(String label) {
        Matcher matcher = LABEL.matcher(label);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            double skew = matcher.group(1) == null ? 0 : Double.parseDouble(matcher.group(1));
            return Optional.of(new ExpertRouting(skew, matcher.group(2) != null))
                    .filter(found -> found.label().equals(label));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
