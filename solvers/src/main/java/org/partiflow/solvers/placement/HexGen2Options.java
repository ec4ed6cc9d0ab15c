package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What HexGen-2's paper (arXiv 2502.07903) leaves open, as options of {@link HexGen2Planner}; partitioner, flow solver, order
 * of moves and seed are options of every planner. {@link HexGen2Setting} has the ranges. Immutable.
 *
 * @param groupCounts how many numbers of groups are tried; default 10
 * @param headroom memory per group over the model's weights; default 1.05
 * @param imbalances excess of a group's memory over the mean, tried in turn; default 0.1, 0.3, 1
 * @param phaseRule what ranks assignments of phases; default supply
 * @param enumeratedGroups up to so many groups all assignments are ranked; default 10
 * @param assignmentsKept assignments per partition that the flow values; default 4
 * @param startsRefined layouts that are refined; default 10
 * @param startRule which layouts these are; default the best of each number of groups
 * @param movesWeighed moves whose bounds guided refinement compares before it solves a flow; default 64
 * @param count what counts as an evaluation of the refinement; default a flow solved
 * @param acceptance which improving move is taken; default the first
 * @param shakesWithoutGain shakes in vain that end the refinement; default 40
 * @param movesPerShake most random moves in a shake; default 3
 * @param shakenLayouts layouts that are shaken in turn; default 3
 * @param work evaluations of a few groups that end the refinement; default 24,000
 */
public record HexGen2Options(
        int groupCounts,
        double headroom,
        List<Double> imbalances,
        PhaseRule phaseRule,
        int enumeratedGroups,
        int assignmentsKept,
        int startsRefined,
        StartRule startRule,
        int movesWeighed,
        Count count,
        Acceptance acceptance,
        int shakesWithoutGain,
        int movesPerShake,
        int shakenLayouts,
        long work) {
    /** What ranks assignments of phases to groups. */
    public enum PhaseRule {
        /** The rate of the slower side. */
        SUPPLY,
        /** Bytes per second between prefill and decode groups: the max cut of the groups' graph. */
        BANDWIDTH
    }

    /** Which layouts are refined. */
    public enum StartRule {
        /** The best of each number of groups. */
        EACH_COUNT,
        /** The best. */
        BEST
    }

    /** What counts as an evaluation of the refinement. */
    public enum Count {
        /** A flow solved. */
        FLOWS,
        /** Every move worked out, those ruled out before their flow included. */
        MOVES
    }

    /** Which improving move a descent takes. */
    public enum Acceptance {
        /** The first in the order of the refinement. */
        FIRST,
        /** The best of all. */
        BEST
    }

    /** All defaults. */
    public static final HexGen2Options DEFAULT = of(Map.of());

    /** Rejects values out of range. */
    public HexGen2Options {
        HexGen2Setting.GROUP_COUNTS.checked(groupCounts);
        HexGen2Setting.HEADROOM.checked(headroom);
        imbalances = List.copyOf(imbalances);
        if (imbalances.isEmpty()) {
            throw new IllegalArgumentException("hexgen2 option imbalances needs at least one ratio");
        }
        imbalances.forEach(HexGen2Setting.IMBALANCES::checked);
        HexGen2Setting.ENUMERATED_GROUPS.checked(enumeratedGroups);
        HexGen2Setting.ASSIGNMENTS_KEPT.checked(assignmentsKept);
        HexGen2Setting.STARTS_REFINED.checked(startsRefined);
        HexGen2Setting.MOVES_WEIGHED.checked(movesWeighed);
        HexGen2Setting.SHAKES_WITHOUT_GAIN.checked(shakesWithoutGain);
        HexGen2Setting.MOVES_PER_SHAKE.checked(movesPerShake);
        HexGen2Setting.SHAKEN_LAYOUTS.checked(shakenLayouts);
        HexGen2Setting.WORK.checked(work);
    }

    /**
     * Options from texts by {@link HexGen2Setting#label}; those not given have their defaults.
     *
     * @throws IllegalArgumentException if a name is unknown or a value is not of its kind or range
     */
    public static HexGen2Options of(Map<String, String> texts) {
        Texts given = new Texts(new TreeMap<>(texts));
        return new HexGen2Options(
                given.integer(HexGen2Setting.GROUP_COUNTS),
                given.number(HexGen2Setting.HEADROOM),
                given.numbers(HexGen2Setting.IMBALANCES),
                given.choice(HexGen2Setting.PHASE_RULE, PhaseRule.class),
                given.integer(HexGen2Setting.ENUMERATED_GROUPS),
                given.integer(HexGen2Setting.ASSIGNMENTS_KEPT),
                given.integer(HexGen2Setting.STARTS_REFINED),
                given.choice(HexGen2Setting.START_RULE, StartRule.class),
                given.integer(HexGen2Setting.MOVES_WEIGHED),
                given.choice(HexGen2Setting.COUNT, Count.class),
                given.choice(HexGen2Setting.ACCEPTANCE, Acceptance.class),
                given.integer(HexGen2Setting.SHAKES_WITHOUT_GAIN),
                given.integer(HexGen2Setting.MOVES_PER_SHAKE),
                given.integer(HexGen2Setting.SHAKEN_LAYOUTS),
                given.integer(HexGen2Setting.WORK));
    }

    /** The settings that are not at their defaults, as {@code name=value name=value}; empty if all are. */
    public String changes() {
        List<String> changes = new ArrayList<>();
        for (HexGen2Setting setting : HexGen2Setting.values()) {
            if (!text(setting).equals(setting.defaultText())) {
                changes.add(setting.label() + "=" + text(setting));
            }
        }
        return String.join(" ", changes);
    }

    private String text(HexGen2Setting setting) {
        return switch (setting) {
            case GROUP_COUNTS -> String.valueOf(groupCounts);
            case HEADROOM -> HexGen2Setting.text(headroom);
            case IMBALANCES -> imbalances.stream().map(HexGen2Setting::text).collect(Collectors.joining(","));
            case PHASE_RULE -> word(phaseRule);
            case ENUMERATED_GROUPS -> String.valueOf(enumeratedGroups);
            case ASSIGNMENTS_KEPT -> String.valueOf(assignmentsKept);
            case STARTS_REFINED -> String.valueOf(startsRefined);
            case START_RULE -> word(startRule);
            case MOVES_WEIGHED -> String.valueOf(movesWeighed);
            case COUNT -> word(count);
            case ACCEPTANCE -> word(acceptance);
            case SHAKES_WITHOUT_GAIN -> String.valueOf(shakesWithoutGain);
            case MOVES_PER_SHAKE -> String.valueOf(movesPerShake);
            case SHAKEN_LAYOUTS -> String.valueOf(shakenLayouts);
            case WORK -> String.valueOf(work);
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private record Texts(TreeMap<String, String> texts) {
        private Texts {
            List<String> known = Arrays.stream(HexGen2Setting.values())
                    .map(HexGen2Setting::label)
                    .toList();
            for (String name : texts.keySet()) {
                if (!known.contains(name)) {
                    throw new IllegalArgumentException(
                            "hexgen2 has no option '" + name + "'; it has " + String.join(", ", known));
                }
            }
        }

        private String text(HexGen2Setting setting) {
            return texts.getOrDefault(setting.label(), setting.defaultText()).trim();
        }

        int integer(HexGen2Setting setting) {
            double value = number(setting);
            if (value != Math.rint(value)) {
                throw wrong(setting, "a whole number");
            }
            return (int) setting.checked(value);
        }

        double number(HexGen2Setting setting) {
            return parsed(setting, text(setting));
        }

        List<Double> numbers(HexGen2Setting setting) {
            List<Double> values = new ArrayList<>();
            for (String part : text(setting).split(",", -1)) {
                values.add(parsed(setting, part.trim()));
            }
            return values;
        }

        <E extends Enum<E>> E choice(HexGen2Setting setting, Class<E> type) {
            for (E constant : type.getEnumConstants()) {
                if (word(constant).equalsIgnoreCase(text(setting))) {
                    return constant;
                }
            }
            throw wrong(
                    setting,
                    Arrays.stream(type.getEnumConstants())
                            .map(HexGen2Options::word)
                            .collect(Collectors.joining(" or ")));
        }

        private double parsed(HexGen2Setting setting, String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw wrong(setting, "a number");
            }
        }

        private IllegalArgumentException wrong(HexGen2Setting setting, String expected) {
            return new IllegalArgumentException(
                    "hexgen2 option " + setting.label() + " must be " + expected + ", got '" + text(setting) + "'");
        }
    }
}
