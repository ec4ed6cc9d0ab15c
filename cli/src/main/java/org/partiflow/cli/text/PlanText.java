package org.partiflow.cli.text;

import java.util.Comparator;
import java.util.Locale;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.cli.run.EngineCost;
import org.partiflow.studies.words.GroupWords;
import org.partiflow.studies.words.Numbers;
import org.partiflow.studies.words.PlanWords;

/** A plan as text. Stateless. */
public final class PlanText {
    private PlanText() {}

    /** The whole plan: groups, routes, rates, certificate, cost and alternatives. */
    public static String of(PlanningProblem problem, ServingPlan plan) {
        Cluster cluster = problem.cluster();
        String title = problem.model().name() + " on " + cluster.name() + " (" + Numbers.count(cluster.gpuCount())
                + " GPUs), workload " + problem.workload().name() + "\n\n";
        String routes = plan.routes().isEmpty() ? "" : routes(plan) + "\n";
        String alternatives = plan.alternatives().isEmpty() ? "" : alternatives(plan) + "\n";
        return title + groups(cluster, plan) + "\n" + routes + alternatives + facts(plan);
    }

    private static TextTable groups(Cluster cluster, ServingPlan plan) {
        TextTable table = new TextTable(
                "<<<<<<>>>>",
                "GROUP",
                "PHASE",
                "GPUS",
                "WHERE",
                "TPxPP",
                "LAYERS",
                "BATCH",
                "CAPACITY req/s",
                "FLOW req/s",
                "USED");
        for (ServingGroup group : plan.groups()) {
            table.row(
                    group.id(),
                    GroupWords.phase(group.phase()),
                    GroupWords.types(cluster, group),
                    GroupWords.places(group),
                    GroupWords.parallelism(group),
                    GroupWords.layers(group),
                    Numbers.count(group.batch()),
                    Numbers.round(group.capacityRequestsPerSecond()),
                    Numbers.round(group.flowRequestsPerSecond()),
                    Numbers.percent(GroupWords.utilisation(group)));
        }
        return table;
    }

    private static TextTable routes(ServingPlan plan) {
        TextTable table = new TextTable("<<>>><", "FROM", "TO", "FLOW req/s", "CAPACITY req/s", "SHARE", "PROTOCOL");
        for (Route route : plan.routes()) {
            table.row(
                    route.from(),
                    route.to(),
                    Numbers.round(route.flowRequestsPerSecond()),
                    Numbers.round(route.capacityRequestsPerSecond()),
                    Numbers.percent(route.share()),
                    route.protocol());
        }
        return table;
    }

    private static Facts facts(ServingPlan plan) {
        ServingPlan.Throughput throughput = plan.throughput();
        Facts facts = new Facts()
                .add(
                        "Throughput",
                        Numbers.round(throughput.requestsPerSecond()) + " req/s, "
                                + Numbers.round(throughput.outputTokensPerSecond()) + " output tok/s, "
                                + Numbers.round(throughput.totalTokensPerSecond()) + " total tok/s")
                .add("Certificate", PlanWords.certificate(plan))
                .add("Bottleneck", PlanWords.bottleneck(plan))
                .add(
                        "Cost",
                        Numbers.usd(plan.cost().usdPerHour()) + "/h, "
                                + Numbers.usd(plan.cost().usdPerMillionOutputTokens()) + " per million output tokens");
        EngineCost.words(plan).ifPresent(words -> facts.add("Engine", words));
        if (!plan.unusedGpus().isEmpty()) {
            facts.add("Unused GPUs", GroupWords.places(plan.unusedGpus()));
        }
        facts.add("Stopped", stopped(plan.termination()));
        for (int i = 0; i < plan.warnings().size(); i++) {
            facts.add("Warning" + (i == 0 ? "" : " " + (i + 1)), plan.warnings().get(i));
        }
        return facts;
    }

    private static TextTable alternatives(ServingPlan plan) {
        double value = plan.throughput().requestsPerSecond();
        TextTable table = new TextTable("<>>", "ALTERNATIVE", "req/s", "AGAINST THIS PLAN");
        plan.alternatives().stream()
                .sorted(Comparator.comparingDouble(ServingPlan.Alternative::requestsPerSecond)
                        .reversed())
                .forEach(a -> table.row(
                        a.name(), Numbers.round(a.requestsPerSecond()), relative(a.requestsPerSecond(), value)));
        return table;
    }

    private static String relative(double other, double value) {
        if (!(value > 0)) {
            return "";
        }
        long percent = Math.round((other / value - 1) * 100);
        return percent == 0 ? "equal" : String.format(Locale.ROOT, "%+d %%", percent);
    }

    private static String stopped(ServingPlan.Termination termination) {
        String evaluations = " after " + Numbers.count(termination.evaluations()) + " evaluations";
        String limit = termination.limit();
        return switch (termination.reason()) {
            case "CONVERGED" -> "converged" + evaluations;
            case "CANCELLED" -> "interrupted" + evaluations;
            default -> "by the limit on " + (limit == null ? "its work" : limit) + evaluations;
        };
    }
}
