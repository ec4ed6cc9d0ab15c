package org.partiflow.solvers.placement;

import java.util.Locale;

/** A choice that HexGen-2's paper leaves open: name, unit, default, range and meaning. See {@link HexGen2Options}. */
public enum HexGen2Setting {
    /** Numbers of groups. */
    GROUP_COUNTS(
            "10", "numbers", 1, 1000, "How many numbers of groups are tried, evenly spread from the most downwards."),
    /** Memory margin. */
    HEADROOM("1.05", "ratio", 1, 10, "Memory per group over the model's weights, which gives the most groups to try."),
    /** Balance of partitions. */
    IMBALANCES(
            "0.1,0.3,1",
            "ratios",
            0,
            100,
            "Excess of a group's memory over the mean, tried in turn until a partition is found."),
    /** Rule of the secondary partition. */
    PHASE_RULE(
            "supply",
            "supply or bandwidth",
            0,
            0,
            "Ranks assignments of phases by what their slower side supplies, or by the bandwidth between the sides."),
    /** Size of the enumeration. */
    ENUMERATED_GROUPS(
            "10",
            "groups",
            0,
            16,
            "Up to so many groups all assignments of phases are ranked, else the cuts of one order."),
    /** Assignments kept. */
    ASSIGNMENTS_KEPT(
            "4", "assignments", 1, 1000, "How many assignments of phases per partition are valued by the flow."),
    /** Starts refined. */
    STARTS_REFINED("10", "layouts", 1, 1000, "How many layouts are refined."),
    /** Choice of starts. */
    START_RULE(
            "each-count",
            "each-count or best",
            0,
            0,
            "Refines the best layout of each number of groups, the best first, or the best layouts of all."),
    /** Moves compared before a flow. */
    MOVES_WEIGHED(
            "64",
            "moves",
            1,
            1_000_000,
            "Guided refinement bounds so many moves by the prices of the last flow, and solves the most promising first."),
    /** Meaning of an evaluation. */
    COUNT(
            "flows",
            "flows or moves",
            0,
            0,
            "What counts as an evaluation of the refinement: a flow solved, or every move worked out."),
    /** Acceptance of moves. */
    ACCEPTANCE(
            "first", "first or best", 0, 0, "Takes the first move that improves the flow, or the best of all moves."),
    /** Stop of the refinement. */
    SHAKES_WITHOUT_GAIN("40", "shakes", 0, 1_000_000, "Refinement stops after so many shakes in vain."),
    /** Strength of a shake. */
    MOVES_PER_SHAKE("3", "moves", 1, 100, "Most random moves in a shake."),
    /** Layouts in turn. */
    SHAKEN_LAYOUTS("3", "layouts", 1, 100, "How many of the best layouts are shaken in turn."),
    /** Limit of work. */
    WORK("24000", "evaluations", 1, 1_000_000_000, "Refinement stops after about so many evaluations of a few groups.");

    private final String defaultText;
    private final String unit;
    private final double least;
    private final double most;
    private final String meaning;

    HexGen2Setting(String defaultText, String unit, double least, double most, String meaning) {
        this.defaultText = defaultText;
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.meaning = meaning;
    }

    /** Name on the command line, for example {@code group-counts}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The default as text. */
    public String defaultText() {
        return defaultText;
    }

    /** What is counted, or the words to choose from. */
    public String unit() {
        return unit;
    }

    /** Smallest value; 0 where words are chosen from. */
    public double least() {
        return least;
    }

    /** Largest value; 0 where words are chosen from. */
    public double most() {
        return most;
    }

    /** One sentence. */
    public String meaning() {
        return meaning;
    }

    /** Rejects a number out of range. */
    double checked(double value) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("hexgen2 option " + label() + " must be in [" + text(least) + ", "
                    + text(most) + "] " + unit + ", got " + text(value));
        }
        return value;
    }

    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
