package org.partiflow.studies.report;

import java.util.List;
import java.util.Optional;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.studies.markup.Node;

/** The pictures of a plan, for other pages; they need {@code report.css}. Stateless. */
public final class PlanPictures {
    private PlanPictures() {}

    /** Where the groups live, and how requests flow. */
    public static List<Node> of(PlanningProblem problem, ServingPlan plan) {
        PlanReport report = new PlanReport(problem, plan, Optional.empty());
        Palette palette = new Palette(plan.groups());
        return List.of(new ClusterMap(report, palette).draw(), new FlowPicture(report, palette).draw());
    }

    /** The style sheet that they need. */
    public static String style() {
        return Page.style(PlanPictures.class, "report.css");
    }
}
