package org.partiflow.studies.report;

import org.partiflow.api.ServingOptions;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.words.Numbers;
import org.partiflow.studies.words.PlanWords;

/** What was assumed, and where everything came from. Stateless. */
final class ProvenanceSection {
    private ProvenanceSection() {}

    static Node of(PlanReport report) {
        ServingPlan plan = report.plan();
        ServingOptions serving = report.problem().serving();
        ServingPlan.Generator generator = plan.generator();
        Element list = Element.of("dl");
        entry(list, "Times", "predicted by the cost model " + plan.inputs().costModel() + ", not measured");
        entry(
                list,
                "Engines",
                Numbers.percent(serving.memoryUtilization()) + " of GPU memory, at most "
                        + Numbers.count(serving.maxBatchedTokens()) + " prompt tokens per pass and "
                        + Numbers.count(serving.maxSequences()) + " sequences per decode micro-batch");
        entry(
                list,
                "Number formats",
                "weights " + report.problem().model().weights() + ", KV cache "
                        + report.problem().model().kv());
        input(list, "Cluster", plan.inputs().cluster());
        input(list, "Model", plan.inputs().model());
        input(list, "Workload", plan.inputs().workload());
        entry(
                list,
                "Planner",
                "Partiflow " + generator.version() + ", partitioner " + generator.strategy() + ", flow "
                        + generator.flow() + ", refinement " + generator.refinement() + ", objective "
                        + generator.objective() + ", seed " + generator.seed());
        entry(list, "Stopped", stopped(plan.termination()));
        entry(list, "Bound", "holds for " + PlanWords.space(plan) + ": " + PlanWords.meaningOfSpace(plan));
        return list;
    }

    private static String stopped(ServingPlan.Termination termination) {
        String limit = termination.limit() == null ? "" : " (" + termination.limit() + ")";
        return termination.reason() + limit + " after " + Numbers.count(termination.evaluations()) + " evaluations";
    }

    private static void input(Element list, String what, ServingPlan.Input input) {
        String digest = input.sha256().isEmpty() ? "built in code" : "SHA-256 " + input.sha256();
        list.add(Element.text("dt", what));
        list.add(Element.of("dd", Page.text(input.name() + " "), Element.text("code", digest)));
    }

    private static void entry(Element list, String term, String text) {
        list.add(Element.text("dt", term)).add(Element.text("dd", text));
    }
}
