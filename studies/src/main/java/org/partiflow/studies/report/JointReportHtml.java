package org.partiflow.studies.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.words.JointPlanWords;
import org.partiflow.studies.words.Numbers;
import org.partiflow.studies.words.PlanWords;

/**
 * Writes the report of a plan for several models as one HTML file: no script, no network, light and dark. The same plan gives the
 * same text. Stateless and thread-safe.
 */
public final class JointReportHtml {
    private JointReportHtml() {}

    /**
     * The whole document, UTF-8 when it is written to a file.
     *
     * @param problems one per part of the plan
     */
    public static String write(List<PlanningProblem> problems, JointPlan plan) {
        String cluster = problems.get(0).cluster().name();
        Element main = Element.of("main");
        main.add(header(problems, plan));
        main.add(Page.section(
                "What every model gets",
                "The least share of the required rates is what was maximised; every GPU serves one model.",
                models(problems, plan)));
        for (int t = 0; t < problems.size(); t++) {
            main.add(part(problems, plan, t));
        }
        return Page.document(
                "Partiflow: " + problems.size() + " models on " + cluster,
                Page.style(PlanReportHtml.class, "report.css"),
                main);
    }

    private static Node header(List<PlanningProblem> problems, JointPlan plan) {
        Element tiles = Page.block("tiles");
        tiles.add(tile(Numbers.percent(plan.servedShare()), "of every required rate, at least"));
        for (int t = 0; t < problems.size(); t++) {
            tiles.add(tile(
                    Numbers.round(plan.parts().get(t).plan().throughput().requestsPerSecond()),
                    "requests per second of " + problems.get(t).model().name()));
        }
        tiles.add(tile(Numbers.percent(plan.certificate().gap()), "at most, to the proven bound"));
        return Element.of(
                "header",
                Element.text("p", "Partiflow joint plan").with("class", "kicker"),
                Element.text(
                        "h1",
                        problems.size() + " models on "
                                + problems.get(0).cluster().name()),
                Element.text(
                                "p",
                                sentence(JointPlanWords.share(plan)) + " " + sentence(JointPlanWords.certificate(plan)))
                        .with("class", "lead"),
                tiles);
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1) + ".";
    }

    private static Node tile(String value, String label) {
        return Page.block("tile", Page.span("value", value), Page.span("label", label));
    }

    private static Node models(List<PlanningProblem> problems, JointPlan plan) {
        List<List<Node>> rows = new ArrayList<>();
        for (int t = 0; t < problems.size(); t++) {
            JointPlan.Part part = plan.parts().get(t);
            rows.add(List.of(
                    Page.text(Numbers.count(t + 1)),
                    Page.text(problems.get(t).model().name()),
                    Page.text(problems.get(t).workload().name()),
                    Page.text(Numbers.count(JointPlanWords.gpus(part))),
                    Page.text(Numbers.round(part.requiredRequestsPerSecond())),
                    Page.text(Numbers.round(part.plan().throughput().requestsPerSecond())),
                    Page.text(Numbers.percent(part.servedShare())),
                    Page.text(Numbers.usd(part.plan().cost().usdPerHour())),
                    Page.span("wrap", PlanWords.bottleneck(part.plan()))));
        }
        return Page.table(
                List.of(
                        "",
                        "Model",
                        "Workload",
                        "GPUs",
                        "Required req/s",
                        "Served req/s",
                        "Share",
                        "Per hour",
                        "Limited by"),
                "<<<>>>>><",
                rows);
    }

    private static Node part(List<PlanningProblem> problems, JointPlan plan, int index) {
        PlanReport report =
                new PlanReport(problems.get(index), plan.parts().get(index).plan(), Optional.empty());
        Palette palette = new Palette(report.plan().groups());
        Map<String, String> others = new HashMap<>();
        for (int t = 0; t < problems.size(); t++) {
            if (t != index) {
                for (ServingGroup group : plan.parts().get(t).plan().groups()) {
                    for (var stage : group.stages()) {
                        for (String gpu : stage.gpus()) {
                            others.put(gpu, "no. " + (t + 1));
                        }
                    }
                }
            }
        }
        Element section = Page.section(
                "Model " + (index + 1) + ": " + problems.get(index).model().name(),
                "Each box is a GPU in the colour of its group: warm colours prefill, cool colours decode, green does both."
                        + " Streams are KV caches on their way from prefill to decode, as wide as their rate.",
                new ClusterMap(report, palette, others).draw(),
                new FlowPicture(report, palette).draw(),
                PlanTables.groups(problems.get(index).cluster(), report.plan(), palette));
        if (!report.plan().routes().isEmpty()) {
            section.add(PlanTables.routes(report.plan(), palette));
        }
        return section;
    }
}
