package org.partiflow.cli.text;

import java.util.Locale;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.solvers.replan.LevelOutcome;
import org.partiflow.solvers.replan.ReplanResult;
import org.partiflow.solvers.replan.Transition;
import org.partiflow.studies.compare.PlanDifference;
import org.partiflow.studies.words.GroupWords;
import org.partiflow.studies.words.Numbers;

/** A replanning as text. Stateless. */
public final class ReplanText {
    private ReplanText() {}

    /** What broke, every level beside the others, the choice and why, and what changes. */
    public static String of(ServingPlan before, ReplanResult result) {
        StringBuilder text = new StringBuilder();
        result.broken()
                .forEach(group -> text.append("Group ")
                        .append(group.id())
                        .append(" cannot go on: ")
                        .append(group.reason())
                        .append('\n'));
        text.append(result.broken().isEmpty() ? "" : "\n")
                .append(levels(result))
                .append('\n');
        LevelOutcome chosen = result.chosen().orElseThrow();
        text.append("Taken: ")
                .append(name(chosen))
                .append(". Why: ")
                .append(result.reason())
                .append(".\n");
        Transition transition = chosen.transition();
        if (!transition.touchedGpus().isEmpty()) {
            text.append("GPUs touched: ")
                    .append(GroupWords.places(transition.touchedGpus()))
                    .append('\n');
        }
        if (!transition.releasedGpus().isEmpty()) {
            text.append("GPUs released: ")
                    .append(GroupWords.places(transition.releasedGpus()))
                    .append('\n');
        }
        PlanDifference difference = PlanDifference.between(before, chosen.plan().orElseThrow());
        return text.append(ComparisonText.difference(difference)).toString();
    }

    private static TextTable levels(ReplanResult result) {
        TextTable table =
                new TextTable("<>>>>><", "LEVEL", "req/s", "OF ANEW", "GPUS TOUCHED", "WEIGHTS LOADED", "TIME", "");
        for (LevelOutcome level : result.levels()) {
            Transition transition = level.transition();
            boolean serves = level.plan().isPresent();
            table.row(
                    name(level),
                    Numbers.round(level.value()),
                    Double.isFinite(level.share()) ? Numbers.percent(level.share()) : "-",
                    serves ? Numbers.count(transition.touchedGpus().size()) : "-",
                    serves ? Numbers.gigabytes(transition.loadBytes()) : "-",
                    serves ? Numbers.briefSeconds(transition.loadSeconds()) : "-",
                    result.chosen().filter(chosen -> chosen.equals(level)).isPresent()
                            ? "<- taken"
                            : serves ? "" : "serves nothing");
        }
        return table;
    }

    private static String name(LevelOutcome level) {
        return level.level().name().toLowerCase(Locale.ROOT);
    }
}
