package org.partiflow.io.internal.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.explain.StrategyTrial;

/** An explanation as a tree. Stateless. */
public final class ExplanationTree {
    private ExplanationTree() {}

    /** The whole explanation. */
    public static ObjectNode of(Explanation explanation) {
        NumberFields root = new NumberFields("explanation");
        root.put("planRequestsPerSecond", explanation.planRequestsPerSecond());
        root.put("searchedRequestsPerSecond", explanation.searchedRequestsPerSecond());
        root.node().set("bottleneck", bottleneck(explanation.bottleneck()));
        ArrayNode whatIfs = root.node().putArray("whatIfs");
        explanation.whatIfs().forEach(whatIf -> whatIfs.add(whatIf(whatIf)));
        ArrayNode alternatives = root.node().putArray("alternatives");
        explanation.alternatives().forEach(other -> alternatives.add(alternative(other)));
        ArrayNode strategies = root.node().putArray("strategies");
        explanation.strategies().forEach(choice -> strategies.add(choice(choice)));
        return root.node();
    }

    private static ObjectNode bottleneck(Explanation.Bottleneck bottleneck) {
        NumberFields fields = new NumberFields("bottleneck");
        ArrayNode cut = fields.node().putArray("minCut");
        bottleneck.minCut().forEach(cut::add);
        fields.put("prefillUse", bottleneck.prefillUse());
        fields.put("decodeUse", bottleneck.decodeUse());
        return fields.node();
    }

    private static ObjectNode whatIf(Explanation.WhatIf whatIf) {
        NumberFields fields = new NumberFields("what if " + whatIf.subject());
        fields.node()
                .put("change", whatIf.change().name())
                .put("subject", whatIf.subject())
                .put("where", whatIf.where());
        fields.put("requestsPerSecond", whatIf.requestsPerSecond());
        fields.put("gainRequestsPerSecond", whatIf.gainRequestsPerSecond());
        fields.put("usdPerHour", whatIf.usdPerHour());
        return fields.node();
    }

    private static ObjectNode alternative(Explanation.RejectedAlternative alternative) {
        NumberFields fields = new NumberFields("alternative " + alternative.planner());
        fields.node().put("planner", alternative.planner());
        fields.put("requestsPerSecond", alternative.requestsPerSecond());
        fields.node().set("bottleneck", bottleneck(alternative.bottleneck()));
        fields.node().put("unusedGpus", alternative.unusedGpus());
        return fields.node();
    }

    private static ObjectNode choice(Explanation.GroupChoice choice) {
        ObjectNode node = new NumberFields("strategies").node();
        ArrayNode groups = node.putArray("groups");
        choice.groups().forEach(groups::add);
        ArrayNode trials = node.putArray("trials");
        choice.trials().forEach(trial -> trials.add(trial(trial)));
        return node;
    }

    private static ObjectNode trial(StrategyTrial trial) {
        NumberFields fields = new NumberFields("trial");
        integers(fields.node().putArray("degrees"), trial.degrees());
        integers(fields.node().putArray("layers"), trial.layers());
        fields.node().put("batch", trial.batch());
        fields.put("requestsPerSecond", trial.requestsPerSecond());
        fields.put("latencySeconds", trial.latencySeconds());
        fields.node().put("verdict", trial.verdict().name());
        return fields.node();
    }

    private static void integers(ArrayNode array, List<Integer> values) {
        values.forEach(array::add);
    }
}
