package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.explain.StrategyTrial;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.words.ExplanationWords;
import org.partiflow.studies.words.Numbers;

/** Why the plan is as it is: what other hardware would bring, other methods, and other strategies of the groups. */
final class ExplanationSection {
    private ExplanationSection() {}

    static void addTo(Element main, ServingPlan plan, Explanation explanation) {
        if (!explanation.whatIfs().isEmpty()) {
            String caption = ExplanationWords.bottleneck(plan, explanation)
                    + " Every line is the best plan found for the changed cluster. "
                    + ExplanationWords.furtherSearch(explanation).orElse("");
            main.add(Page.section("What would bring more", caption.strip(), whatIfs(explanation)));
        }
        if (!explanation.alternatives().isEmpty()) {
            main.add(Page.section(
                    "Why other methods lose", "What limits the plans of other planners.", alternatives(explanation)));
        }
        if (!explanation.strategies().isEmpty()) {
            main.add(Page.section(
                    "Why the groups are cut this way",
                    "Other stages and batches on the same GPUs.",
                    strategies(explanation)));
        }
    }

    private static Node whatIfs(Explanation explanation) {
        List<List<Node>> rows = new ArrayList<>();
        for (Explanation.WhatIf whatIf : explanation.whatIfs()) {
            rows.add(List.of(
                    Page.text(ExplanationWords.change(whatIf)),
                    Page.text(Numbers.round(whatIf.requestsPerSecond())),
                    Page.text(ExplanationWords.gain(explanation, whatIf)),
                    Page.text(whatIf.usdPerHour() > 0 ? Numbers.usd(whatIf.usdPerHour()) : "")));
        }
        return Page.table(List.of("What if", "req/s", "Brings", "More per hour"), "<>>>", rows);
    }

    private static Node alternatives(Explanation explanation) {
        List<List<Node>> rows = new ArrayList<>();
        for (Explanation.RejectedAlternative other : explanation.alternatives()) {
            rows.add(List.of(
                    Page.text(other.planner()),
                    Page.text(Numbers.round(other.requestsPerSecond())),
                    Page.text(ExplanationWords.whyItLost(other))));
        }
        return Page.table(List.of("Planner", "req/s", "Why"), "<><", rows);
    }

    private static Node strategies(Explanation explanation) {
        List<List<Node>> rows = new ArrayList<>();
        for (Explanation.GroupChoice choice : explanation.strategies()) {
            StrategyTrial chosen = choice.trials().get(0);
            for (StrategyTrial trial : choice.trials()) {
                boolean serves = trial.requestsPerSecond() > 0;
                rows.add(List.of(
                        Page.text(trial == chosen ? String.join(" ", choice.groups()) : ""),
                        Page.text(ExplanationWords.parallelism(trial)),
                        Page.text(trial.batch() > 0 ? Numbers.count(trial.batch()) : ""),
                        Page.text(serves ? Numbers.round(trial.requestsPerSecond()) : ""),
                        Page.text(serves ? Numbers.seconds(trial.latencySeconds()) : ""),
                        Page.text(ExplanationWords.verdict(trial, chosen))));
            }
        }
        return Page.table(List.of("Groups", "TPxPP", "Batch", "req/s", "Latency", "Outcome"), "<<>>><", rows);
    }
}
