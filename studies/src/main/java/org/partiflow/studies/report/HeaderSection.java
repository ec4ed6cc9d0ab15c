package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.words.Numbers;
import org.partiflow.studies.words.PlanWords;

/** The answer: one sentence and a few figures. */
final class HeaderSection {
    private HeaderSection() {}

    static Node of(PlanReport report) {
        ServingPlan plan = report.plan();
        Element tiles = Page.block("tiles");
        tiles.add(tile(Numbers.round(plan.throughput().requestsPerSecond()), "requests per second"));
        tiles.add(tile(Numbers.round(plan.throughput().outputTokensPerSecond()), "output tokens per second"));
        tiles.add(tile(Numbers.usd(plan.cost().usdPerMillionOutputTokens()), "per million output tokens"));
        if (PlanWords.boundsObjective(plan)) {
            tiles.add(tile(PlanWords.gap(plan), "at most, to the proven bound"));
        }
        report.run()
                .ifPresent(run -> run.report()
                        .slo()
                        .ifPresent(slo -> tiles.add(tile(
                                Numbers.percent(slo.attainment()),
                                "met both targets at " + Numbers.round(run.offeredRequestsPerSecond())
                                        + " simulated requests/s"))));
        return Element.of(
                "header",
                Element.text("p", "Partiflow serving plan").with("class", "kicker"),
                Element.text("h1", title(report)),
                Element.text("p", sentence(report)).with("class", "lead"),
                tiles,
                warnings(report));
    }

    private static String title(PlanReport report) {
        return report.problem().model().name() + " on "
                + report.problem().cluster().name() + ": "
                + Numbers.round(report.plan().throughput().requestsPerSecond()) + " requests/s";
    }

    private static String sentence(PlanReport report) {
        ServingPlan plan = report.plan();
        int gpus = report.problem().cluster().gpuCount() - plan.unusedGpus().size();
        return Numbers.count(gpus) + " of "
                + Numbers.count(report.problem().cluster().gpuCount()) + " GPUs in "
                + PlanWords.shape(plan) + " serve " + plan.inputs().workload().name() + " for "
                + Numbers.usd(plan.cost().usdPerHour()) + " an hour. No plan in " + PlanWords.space(plan)
                + " can exceed "
                + Numbers.round(plan.certificate().upperBoundRequestsPerSecond()) + " requests/s" + ". What limits it: "
                + PlanWords.bottleneck(plan) + ".";
    }

    private static Node tile(String value, String label) {
        return Page.block("tile", Page.span("value", value), Page.span("label", label));
    }

    private static Node warnings(PlanReport report) {
        List<String> warnings = new ArrayList<>(report.plan().warnings());
        report.run().flatMap(SimulatedRun::overload).ifPresent(warnings::add);
        if (warnings.isEmpty()) {
            return out -> {};
        }
        Element list = Element.of("ul").with("class", "warnings");
        warnings.forEach(warning -> list.add(Element.text("li", warning)));
        return list;
    }
}
