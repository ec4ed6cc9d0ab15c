package org.partiflow.studies.study;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arrival rate of a cell. {@code 75 %} is a share of the throughput that the study's reference plan predicts for the
 * same problem, so that all variants see the same rate; {@code saturated} is 1.5 times what the cell's own plan predicts,
 * at which throughput shows the capacity; {@code none} leaves the simulation out.
 *
 * @param kind which of the three
 * @param share share of the reference plan's throughput; 0 unless the kind is SHARE
 */
public record Load(Kind kind, double share) {
    /** Kinds of loads. */
    public enum Kind {
        /** A share of the reference plan's throughput. */
        SHARE,
        /** More than the plan can serve. */
        SATURATED,
        /** No simulation. */
        NONE
    }

    private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*%");

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it has none of the forms
     */
    public static Load parse(String text) {
        if (text.equals("saturated")) {
            return new Load(Kind.SATURATED, 0);
        }
        if (text.equals("none")) {
            return new Load(Kind.NONE, 0);
        }
        Matcher matcher = PERCENT.matcher(text);
        double share = matcher.matches() ? Double.parseDouble(matcher.group(1)) / 100 : 0;
        if (!(share > 0) || !Double.isFinite(share)) {
            throw new IllegalArgumentException("'" + text + "' is no load; write 75 %, saturated or none");
        }
        return new Load(Kind.SHARE, share);
    }
}
