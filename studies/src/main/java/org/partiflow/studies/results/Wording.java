package org.partiflow.studies.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Metric;
import org.partiflow.studies.study.Question;

/** Answers in words, made from the figures. Stateless. */
public final class Wording {
    private static final double PERCENT = 100;

    private Wording() {}

    /** The answer to a question. */
    static String sentence(Question question, List<Effect> effects) {
        List<String> parts = new ArrayList<>();
        add(parts, question, effects, Verdict.WORSE);
        add(parts, question, effects, Verdict.BETTER);
        List<Effect> same = of(effects, Verdict.SAME);
        if (!same.isEmpty()) {
            parts.add(names(same) + (same.size() == 1 ? " makes" : " make") + " no difference (within "
                    + margin(question) + ") to the " + question.metric().title() + ".");
        }
        List<Effect> open = of(effects, Verdict.UNDECIDED);
        if (!open.isEmpty()) {
            parts.add("Undecided: "
                    + open.stream()
                            .map(e -> e.value() + " " + change(e.overall()) + " (" + interval(e.overall()) + ")")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        List<Effect> none = of(effects, Verdict.UNKNOWN);
        if (!none.isEmpty()) {
            parts.add("Nothing to compare for " + names(none) + ": no cell gave a value.");
        }
        return parts.isEmpty() ? "No cell could be compared." : String.join(" ", parts);
    }

    private static void add(List<String> parts, Question question, List<Effect> effects, Verdict verdict) {
        for (Effect effect : of(effects, verdict)) {
            Estimate overall = effect.overall();
            Metric metric = question.metric();
            String size = metric.isShare()
                    ? number(Math.abs(overall.change()) * PERCENT) + " points"
                    : number(Math.abs(overall.change()) * PERCENT) + " %";
            parts.add(effect.value() + ": " + size + (overall.effect() > 0 ? " more " : " less ") + metric.title()
                    + " than " + baseline(question) + " (95 % interval " + interval(overall) + "; "
                    + count(effect) + ").");
        }
    }

    private static String count(Effect effect) {
        Estimate overall = effect.overall();
        String of = effect.blocks().size() == 1 ? "one problem, " + overall.units() + " seeds" : "";
        return of.isEmpty()
                ? "better on " + overall.wins() + ", worse on " + overall.losses() + " of " + overall.units()
                        + " problems"
                : of;
    }

    /** The baseline of a question, as its values. */
    public static String baseline(Question question) {
        List<String> values = new ArrayList<>();
        for (Axis axis : Axis.values()) {
            Optional.ofNullable(question.baseline().get(axis)).ifPresent(values::add);
        }
        return values.isEmpty() ? "the same cell of grid " + question.baselineGrid() : String.join(" on ", values);
    }

    /** A change as text: {@code -12.3 %}, or points for shares. */
    public static String change(Estimate estimate) {
        return signed(estimate.change()) + (estimate.isShare() ? " points" : " %");
    }

    /** The interval as text. */
    public static String interval(Estimate estimate) {
        return Double.isFinite(estimate.low())
                ? signed(estimate.lowChange()) + " to " + signed(estimate.highChange())
                        + (estimate.isShare() ? " points" : " %")
                : "unknown: one value only";
    }

    /** What becomes of a claim. */
    static String claim(Question question, Estimate pooled) {
        if (question.claim().isEmpty()) {
            return "";
        }
        double claimed = question.claim().get().factor();
        if (pooled.units() == 0) {
            return "Not checked: no cell could be compared.";
        }
        boolean lower = question.metric().lowerIsBetter();
        double ours = pooled.ratio();
        double towards = lower ? -1 : 1;
        double best = StrictMath.exp(lower ? pooled.low() : pooled.high());
        String figures = "Claimed " + factor(claimed) + ", here " + factor(ours)
                + (Double.isFinite(pooled.low())
                        ? " (" + factor(StrictMath.exp(pooled.low())) + " to " + factor(StrictMath.exp(pooled.high()))
                                + ")"
                        : "");
        boolean reached = towards * (best - claimed) >= 0;
        return switch (pooled.verdict()) {
            case BETTER -> figures + (reached ? ": holds." : ": same direction, smaller than claimed.");
            case SAME -> figures + (Math.abs(claimed - 1) <= question.margin() ? ": holds." : ": no difference here.");
            case WORSE -> figures + ": the opposite here.";
            case UNDECIDED, UNKNOWN ->
                figures + (reached ? ": undecided." : ": not seen here; the whole interval falls short of it.");
        };
    }

    private static List<Effect> of(List<Effect> effects, Verdict verdict) {
        return effects.stream()
                .filter(effect -> effect.overall().verdict() == verdict)
                .toList();
    }

    private static String names(List<Effect> effects) {
        return effects.stream().map(Effect::value).collect(Collectors.joining(", "));
    }

    private static String margin(Question question) {
        return number(question.margin() * PERCENT) + (question.metric().isShare() ? " points" : " %");
    }

    private static String signed(double share) {
        String text = String.format(Locale.ROOT, "%+.1f", share * PERCENT);
        return text.equals("-0.0") || text.equals("+0.0") ? "0.0" : text.replace('-', '\u2212');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceAll("\\.0$", "");
    }

    private static String factor(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2fx", value) : "unknown";
    }
}
