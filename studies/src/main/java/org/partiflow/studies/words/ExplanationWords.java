package org.partiflow.studies.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.explain.StrategyTrial;
import org.partiflow.api.plan.ServingPlan;

/** An explanation in words. Stateless. */
public final class ExplanationWords {
    private static final double FULL = 0.995;
    private static final double NOTHING = 0.0005;

    private ExplanationWords() {}

    /** What limits the plan, as sentences. */
    public static String bottleneck(ServingPlan plan, Explanation explanation) {
        String spare = spare(explanation.bottleneck());
        return "Limited by " + PlanWords.bottleneck(plan) + "." + (spare.isEmpty() ? "" : " " + capital(spare) + ".");
    }

    /** Whether more search on the same cluster found more, as a sentence. */
    public static Optional<String> furtherSearch(Explanation explanation) {
        double gain = explanation.searchedRequestsPerSecond() / explanation.planRequestsPerSecond() - 1;
        return gain < NOTHING
                ? Optional.empty()
                : Optional.of("Further search on the same cluster reaches "
                        + Numbers.round(explanation.searchedRequestsPerSecond()) + " req/s ("
                        + signed(gain) + "); gains are counted from there.");
    }

    /** A change of hardware, as an adverbial: "with one more L40 (in node l0)". */
    public static String change(Explanation.WhatIf whatIf) {
        return (whatIf.change() == Explanation.Change.MORE_GPU
                        ? "one more " + whatIf.subject()
                        : whatIf.subject() + " twice as fast")
                + " (" + whatIf.where() + ")";
    }

    /** What a change brings: "nothing", or requests per second and percent. */
    public static String gain(Explanation explanation, Explanation.WhatIf whatIf) {
        double gain = whatIf.gainRequestsPerSecond() / explanation.searchedRequestsPerSecond();
        return gain < NOTHING
                ? "nothing"
                : "+" + Numbers.round(whatIf.gainRequestsPerSecond()) + " req/s (" + signed(gain) + ")";
    }

    /** Why another plan lost, from its own bottleneck. */
    public static String whyItLost(Explanation.RejectedAlternative alternative) {
        if (alternative.requestsPerSecond() <= 0) {
            return "finds no plan";
        }
        List<String> reasons = new ArrayList<>();
        reasons.add("limited by " + limits(alternative.bottleneck().minCut()));
        String spare = spare(alternative.bottleneck());
        if (!spare.isEmpty()) {
            reasons.add(spare);
        }
        if (alternative.unusedGpus() > 0) {
            reasons.add(alternative.unusedGpus() + (alternative.unusedGpus() == 1 ? " GPU" : " GPUs") + " unused");
        }
        return String.join("; ", reasons);
    }

    /** A strategy's parallelism: {@code TPxPP} if all stages are alike, else the degree of each stage. */
    public static String parallelism(StrategyTrial trial) {
        return trial.degrees().stream().distinct().count() == 1
                ? trial.degrees().get(0) + "x" + trial.degrees().size()
                : String.join("+", trial.degrees().stream().map(String::valueOf).toList());
    }

    /** What became of a strategy, against the chosen one. */
    public static String verdict(StrategyTrial trial, StrategyTrial chosen) {
        return switch (trial.verdict()) {
            case CHOSEN -> "chosen";
            case FASTER -> "would serve " + difference(trial, chosen) + ": not looked at by this planner";
            case SLOWER -> "serves " + difference(trial, chosen);
            case LATER -> "serves no more, with " + latency(trial, chosen) + " the latency";
            case WEIGHTS_DO_NOT_FIT -> "weights and activations do not fit";
            case CACHE_DOES_NOT_FIT -> "its KV caches do not fit beside the weights";
            case BEYOND_ENGINE_LIMIT -> "beyond the engine's limit on tokens or sequences";
            case TOO_LATE -> "misses the latency target, or nothing connects its stages";
        };
    }

    private static String difference(StrategyTrial trial, StrategyTrial chosen) {
        return signed(trial.requestsPerSecond() / chosen.requestsPerSecond() - 1);
    }

    private static String latency(StrategyTrial trial, StrategyTrial chosen) {
        return Numbers.brief(trial.latencySeconds() / chosen.latencySeconds()) + " times";
    }

    private static String spare(Explanation.Bottleneck bottleneck) {
        List<String> sides = new ArrayList<>();
        if (bottleneck.prefillUse() > 0 && bottleneck.prefillUse() < FULL) {
            sides.add("prefill groups have " + Numbers.percent(1 - bottleneck.prefillUse()) + " to spare");
        }
        if (bottleneck.decodeUse() > 0 && bottleneck.decodeUse() < FULL) {
            sides.add("decode groups have " + Numbers.percent(1 - bottleneck.decodeUse()) + " to spare");
        }
        return String.join(", ", sides);
    }

    /** The ids of a cut by kind: a group's phase is the first letter of its id. */
    private static String limits(List<String> minCut) {
        List<String> kinds = new ArrayList<>();
        count(minCut, "p", "prefill group", kinds);
        count(minCut, "d", "decode group", kinds);
        count(minCut, "c", "colocated group", kinds);
        long routes = minCut.stream().filter(id -> id.contains("->")).count();
        if (routes > 0) {
            kinds.add("KV transfer on " + routes + (routes == 1 ? " route" : " routes"));
        }
        minCut.stream()
                .filter(id -> id.startsWith("link:"))
                .limit(2)
                .map(PlanWords::link)
                .forEach(kinds::add);
        return kinds.isEmpty() ? "nothing named" : String.join(", ", kinds);
    }

    private static void count(List<String> minCut, String letter, String name, List<String> kinds) {
        long count = minCut.stream().filter(id -> id.matches(letter + "[0-9]+")).count();
        if (count > 0) {
            kinds.add("compute of " + count + " " + name + (count == 1 ? "" : "s"));
        }
    }

    private static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * share);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
