package org.partiflow.io.internal.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.model.Precision;
import org.partiflow.api.plan.PlannedServing;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/** A plan as a tree, keys in the order of the format. Stateless. */
public final class PlanTree {
    private PlanTree() {}

    /** The whole plan. */
    public static ObjectNode of(ServingPlan plan) {
        ObjectNode root = object();
        root.put("partiflow", PlanParser.FORMAT);
        root.set("generator", generator(plan.generator()));
        root.set("inputs", inputs(plan.inputs()));
        ArrayNode groups = root.putArray("groups");
        plan.groups().forEach(group -> groups.add(group(group)));
        ArrayNode routes = root.putArray("routes");
        plan.routes().forEach(route -> routes.add(route(route)));
        root.set("throughput", throughput(plan.throughput()));
        root.set("certificate", certificate(plan.certificate()));
        texts(root.putArray("unusedGpus"), plan.unusedGpus());
        NumberFields cost = new NumberFields("cost");
        cost.put("usdPerHour", plan.cost().usdPerHour());
        cost.put("usdPerMillionOutputTokens", plan.cost().usdPerMillionOutputTokens());
        root.set("cost", cost.node());
        ArrayNode alternatives = root.putArray("alternatives");
        for (ServingPlan.Alternative alternative : plan.alternatives()) {
            NumberFields fields = new NumberFields("alternative " + alternative.name());
            fields.node().put("name", alternative.name());
            fields.put("requestsPerSecond", alternative.requestsPerSecond());
            alternatives.add(fields.node());
        }
        root.set("termination", termination(plan.termination()));
        texts(root.putArray("warnings"), plan.warnings());
        return root;
    }

    static ObjectNode termination(ServingPlan.Termination termination) {
        return object().put("reason", termination.reason())
                .put("limit", termination.limit())
                .put("evaluations", termination.evaluations());
    }

    private static ObjectNode generator(ServingPlan.Generator generator) {
        return object().put("version", generator.version())
                .put("strategy", generator.strategy())
                .put("flow", generator.flow())
                .put("refinement", generator.refinement())
                .put("objective", generator.objective())
                .put("seed", generator.seed());
    }

    private static ObjectNode inputs(ServingPlan.Inputs inputs) {
        ObjectNode node = object();
        node.set("cluster", input(inputs.cluster()));
        node.set("model", input(inputs.model()));
        node.set("workload", input(inputs.workload()));
        node.put("costModel", inputs.costModel());
        if (inputs.serving() != null) {
            node.set("serving", serving(inputs.serving()));
        }
        return node;
    }

    private static ObjectNode serving(PlannedServing serving) {
        NumberFields fields = new NumberFields("serving");
        fields.node().put("weights", label(serving.weights())).put("kv", label(serving.kv()));
        fields.put("memoryUtilization", serving.memoryUtilization());
        fields.node().put("maxBatchedTokens", serving.maxBatchedTokens()).put("maxSequences", serving.maxSequences());
        if (serving.engine() != TargetEngine.ANY) {
            fields.node().put("engine", serving.engine().label());
        }
        return fields.node();
    }

    /** A number format's name in files. */
    static String label(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode input(ServingPlan.Input input) {
        return object().put("name", input.name()).put("sha256", input.sha256());
    }

    private static ObjectNode group(ServingGroup group) {
        NumberFields fields = new NumberFields("group " + group.id());
        ObjectNode node = fields.node();
        node.put("id", group.id());
        node.put("phase", group.phase().name());
        ArrayNode stages = node.putArray("stages");
        for (Stage stage : group.stages()) {
            ObjectNode stageNode = stages.addObject();
            texts(stageNode.putArray("gpus"), stage.gpus());
            stageNode.put("firstLayer", stage.firstLayer());
            stageNode.put("lastLayer", stage.lastLayer());
        }
        node.put("batch", group.batch());
        fields.put("capacityRequestsPerSecond", group.capacityRequestsPerSecond());
        fields.put("flowRequestsPerSecond", group.flowRequestsPerSecond());
        fields.put("latencySeconds", group.latencySeconds());
        fields.put("weightBytesPerGpu", group.weightBytesPerGpu());
        node.put("kvCapacityTokens", group.kvCapacityTokens());
        return node;
    }

    private static ObjectNode route(Route route) {
        NumberFields fields = new NumberFields("route " + route.from() + "->" + route.to());
        fields.node().put("from", route.from()).put("to", route.to());
        fields.put("flowRequestsPerSecond", route.flowRequestsPerSecond());
        fields.put("capacityRequestsPerSecond", route.capacityRequestsPerSecond());
        fields.put("share", route.share());
        return fields.node().put("protocol", route.protocol());
    }

    private static ObjectNode throughput(ServingPlan.Throughput throughput) {
        NumberFields fields = new NumberFields("throughput");
        fields.put("requestsPerSecond", throughput.requestsPerSecond());
        fields.put("outputTokensPerSecond", throughput.outputTokensPerSecond());
        fields.put("totalTokensPerSecond", throughput.totalTokensPerSecond());
        return fields.node();
    }

    private static ObjectNode certificate(ServingPlan.Certificate certificate) {
        NumberFields fields = new NumberFields("certificate");
        fields.put("upperBoundRequestsPerSecond", certificate.upperBoundRequestsPerSecond());
        fields.put("gap", certificate.gap());
        fields.node().put("covers", certificate.covers());
        texts(fields.node().putArray("minCut"), certificate.minCut());
        ServingPlan.LeastCost leastCost = certificate.leastCost();
        if (leastCost != null) {
            fields.put("lowerBoundUsdPerHour", leastCost.lowerBoundUsdPerHour());
            fields.put("costGap", leastCost.costGap());
        }
        return fields.node();
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
