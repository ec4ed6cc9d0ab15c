package org.partiflow.studies.results;

/** What an effect's interval says. */
public enum Verdict {
    /** The whole interval is on the better side, and not all of it within the margin. */
    BETTER("better"),
    /** The whole interval is on the worse side, and not all of it within the margin. */
    WORSE("worse"),
    /** The whole interval is within the margin around no difference. */
    SAME("no difference"),
    /** The interval allows for both. */
    UNDECIDED("undecided"),
    /** Nothing could be compared. */
    UNKNOWN("nothing to compare");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** In words. */
    public String label() {
        return label;
    }

    /** The verdict on an interval of logarithms of ratios, or of differences. */
    static Verdict of(double low, double high, double margin, boolean lowerIsBetter) {
        if (Double.isNaN(low) || Double.isNaN(high)) {
            return UNKNOWN;
        }
        if (low >= -margin && high <= margin) {
            return SAME;
        }
        if (low > 0) {
            return lowerIsBetter ? WORSE : BETTER;
        }
        return high < 0 ? lowerIsBetter ? BETTER : WORSE : UNDECIDED;
    }
}
