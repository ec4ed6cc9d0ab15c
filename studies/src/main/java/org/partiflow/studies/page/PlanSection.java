package org.partiflow.studies.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.studies.cell.PlanMaker;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.report.Page;
import org.partiflow.studies.report.PlanPictures;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.study.Axis;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.words.Numbers;

/** The reference plan of the drawn problem, made again from its cell: a plan is a function of it. Stateless. */
final class PlanSection {
    private PlanSection() {}

    static Node of(Findings findings) {
        Study study = findings.study();
        if (study.kind() != Study.Kind.PLANNING || findings.drawn().isEmpty()) {
            return Page.block("");
        }
        Study.Example drawn = study.drawn();
        Map<Axis, String> at = new LinkedHashMap<>();
        at.put(Axis.CLUSTER, drawn.cluster());
        at.put(Axis.MODEL, drawn.model());
        at.put(Axis.WORKLOAD, drawn.workload());
        Cell cell = study.cell(0).replaced(at);
        PlanMaker maker = new PlanMaker(study, () -> 0);
        PlanMaker.Made made = maker.reference(cell, new CancellationToken());
        if (!(made.result() instanceof PlanningResult.Planned planned)) {
            return Page.block("");
        }
        ServingPlan plan = planned.plan();
        List<Node> pictures = PlanPictures.of(maker.condition(cell).problem(), plan);
        return Page.section(
                "The reference plan on " + drawn.cluster() + " under " + drawn.workload(),
                "The plan that rates refer to: "
                        + Numbers.round(plan.throughput().requestsPerSecond())
                        + " requests/s planned, at most "
                        + Numbers.round(plan.certificate().upperBoundRequestsPerSecond())
                        + " possible. Warm colours prefill, cool colours decode, green does both; streams are KV caches.",
                pictures.get(0),
                Element.of("div", pictures.get(1)));
    }
}
