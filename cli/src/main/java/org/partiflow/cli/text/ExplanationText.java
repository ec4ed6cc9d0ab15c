package org.partiflow.cli.text;

import java.util.Locale;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.explain.StrategyTrial;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.studies.words.ExplanationWords;
import org.partiflow.studies.words.Numbers;

/** An explanation as text. Stateless. */
public final class ExplanationText {
    private static final int TRIALS_SHOWN = 8;

    private ExplanationText() {}

    /** The whole explanation: bottleneck, other hardware, other methods, other strategies. */
    public static String of(ServingPlan plan, Explanation explanation) {
        StringBuilder text = new StringBuilder("WHY\n" + ExplanationWords.bottleneck(plan, explanation) + "\n");
        ExplanationWords.furtherSearch(explanation)
                .ifPresent(more -> text.append(more).append('\n'));
        if (!explanation.whatIfs().isEmpty()) {
            text.append('\n').append(whatIfs(explanation));
        }
        if (!explanation.alternatives().isEmpty()) {
            text.append('\n').append(alternatives(explanation));
        }
        if (!explanation.strategies().isEmpty()) {
            text.append('\n').append(strategies(explanation));
        }
        return text.toString();
    }

    private static TextTable whatIfs(Explanation explanation) {
        TextTable table = new TextTable("<>>>", "WHAT IF", "req/s", "BRINGS", "USD/h");
        for (Explanation.WhatIf whatIf : explanation.whatIfs()) {
            table.row(
                    ExplanationWords.change(whatIf),
                    Numbers.round(whatIf.requestsPerSecond()),
                    ExplanationWords.gain(explanation, whatIf),
                    whatIf.usdPerHour() > 0 ? String.format(Locale.ROOT, "%+.2f", whatIf.usdPerHour()) : "");
        }
        return table;
    }

    private static TextTable alternatives(Explanation explanation) {
        TextTable table = new TextTable("<>><", "OTHER PLANNER", "req/s", "AGAINST THIS PLAN", "WHY");
        for (Explanation.RejectedAlternative other : explanation.alternatives()) {
            long percent = Math.round((other.requestsPerSecond() / explanation.planRequestsPerSecond() - 1) * 100);
            table.row(
                    other.planner(),
                    Numbers.round(other.requestsPerSecond()),
                    percent == 0 ? "equal" : String.format(Locale.ROOT, "%+d %%", percent),
                    ExplanationWords.whyItLost(other));
        }
        return table;
    }

    private static TextTable strategies(Explanation explanation) {
        TextTable table = new TextTable("<<<>>><", "GROUPS", "TPxPP", "LAYERS", "BATCH", "req/s", "LATENCY", "OUTCOME");
        for (Explanation.GroupChoice choice : explanation.strategies()) {
            StrategyTrial chosen = choice.trials().get(0);
            for (StrategyTrial trial : choice.trials()
                    .subList(0, Math.min(TRIALS_SHOWN, choice.trials().size()))) {
                boolean serves = trial.requestsPerSecond() > 0;
                table.row(
                        trial == chosen ? groups(choice) : "",
                        ExplanationWords.parallelism(trial),
                        String.join(
                                "+",
                                trial.layers().stream().map(String::valueOf).toList()),
                        trial.batch() > 0 ? Numbers.count(trial.batch()) : "",
                        serves ? Numbers.round(trial.requestsPerSecond()) : "",
                        serves ? Numbers.seconds(trial.latencySeconds()) : "",
                        ExplanationWords.verdict(trial, chosen));
            }
            if (choice.trials().size() > TRIALS_SHOWN) {
                table.row("", (choice.trials().size() - TRIALS_SHOWN) + " more", "", "", "", "", "worse still");
            }
        }
        return table;
    }

    private static String groups(Explanation.GroupChoice choice) {
        int shown = Math.min(3, choice.groups().size());
        String names = String.join(" ", choice.groups().subList(0, shown));
        return choice.groups().size() == shown
                ? names
                : names + " +" + (choice.groups().size() - shown);
    }
}
