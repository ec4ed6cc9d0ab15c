package org.partiflow.io.internal.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.model.Precision;
import org.partiflow.api.plan.PlannedServing;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.Header;

/** Reads {@code plan/1}. It checks the form only; whether the plan is valid is for the plan checker. Stateless. */
public final class PlanParser {
    /** The format's name and version. */
    public static final String FORMAT = "plan/1";

    private static final double MAX = Double.MAX_VALUE;
    private static final Map<String, Precision> PRECISIONS = precisions();
    private static final Map<String, TargetEngine> ENGINES = engines();

    private PlanParser() {}

    /** Reads the file; null when problems were added. */
    public static @Nullable ServingPlan parse(FieldReader root) {
        if (!Header.check(root, FORMAT)) {
            return null;
        }
        Supplier<ServingPlan.Generator> generator = generator(root.object("generator"));
        Supplier<ServingPlan.Inputs> inputs = inputs(root.object("inputs"));
        GroupParser groups = new GroupParser(root);
        Supplier<ServingPlan.Throughput> throughput = throughput(root.object("throughput"));
        Supplier<ServingPlan.Certificate> certificate = certificate(root.object("certificate"));
        List<String> unused = root.requiredTexts("unusedGpus");
        Supplier<ServingPlan.Cost> cost = cost(root.object("cost"));
        List<ServingPlan.Alternative> alternatives = alternatives(root);
        Supplier<ServingPlan.Termination> termination = termination(root.object("termination"));
        List<String> warnings = root.requiredTexts("warnings");
        if (root.has("explanation")) {
            // Written for people, says nothing about what is to be served; must be an object all the same.
            root.object("explanation");
        }
        return root.build(() -> new ServingPlan(
                generator.get(),
                inputs.get(),
                groups.groups(),
                groups.routes(),
                throughput.get(),
                certificate.get(),
                unused,
                cost.get(),
                alternatives,
                termination.get(),
                warnings));
    }

    private static Supplier<ServingPlan.Generator> generator(FieldReader fields) {
        String version = fields.text("version");
        String strategy = fields.text("strategy");
        String flow = fields.text("flow");
        String refinement = fields.text("refinement");
        String objective = fields.text("objective");
        long seed = fields.longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        fields.rejectUnknown();
        return () -> new ServingPlan.Generator(version, strategy, flow, refinement, objective, seed);
    }

    private static Supplier<ServingPlan.Inputs> inputs(FieldReader fields) {
        ServingPlan.Input cluster = input(fields.object("cluster"));
        ServingPlan.Input model = input(fields.object("model"));
        ServingPlan.Input workload = input(fields.object("workload"));
        String costModel = fields.text("costModel");
        PlannedServing serving = fields.has("serving") ? serving(fields.object("serving")) : null;
        fields.rejectUnknown();
        return () -> new ServingPlan.Inputs(cluster, model, workload, costModel, serving);
    }

    private static @Nullable PlannedServing serving(FieldReader fields) {
        Optional<Precision> weights = fields.choice("weights", PRECISIONS);
        Optional<Precision> kv = fields.choice("kv", PRECISIONS);
        double memory = fields.number("memoryUtilization", Double.MIN_NORMAL, 1);
        int tokens = fields.integer("maxBatchedTokens", 1, Integer.MAX_VALUE);
        int sequences = fields.integer("maxSequences", 1, Integer.MAX_VALUE);
        Optional<TargetEngine> engine =
                fields.has("engine") ? fields.choice("engine", ENGINES) : Optional.of(TargetEngine.ANY);
        return fields.build(() -> new PlannedServing(
                weights.orElseThrow(), kv.orElseThrow(), memory, tokens, sequences, engine.orElseThrow()));
    }

    private static Map<String, TargetEngine> engines() {
        Map<String, TargetEngine> engines = new LinkedHashMap<>();
        for (TargetEngine engine : TargetEngine.values()) {
            engines.put(engine.label(), engine);
        }
        return engines;
    }

    private static Map<String, Precision> precisions() {
        Map<String, Precision> precisions = new LinkedHashMap<>();
        for (Precision precision : Precision.values()) {
            precisions.put(PlanTree.label(precision), precision);
        }
        return precisions;
    }

    private static ServingPlan.Input input(FieldReader fields) {
        ServingPlan.Input input = new ServingPlan.Input(fields.text("name"), fields.text("sha256"));
        fields.rejectUnknown();
        return input;
    }

    private static Supplier<ServingPlan.Throughput> throughput(FieldReader fields) {
        double requests = fields.number("requestsPerSecond", 0, MAX);
        double output = fields.number("outputTokensPerSecond", 0, MAX);
        double total = fields.number("totalTokensPerSecond", 0, MAX);
        fields.rejectUnknown();
        return () -> new ServingPlan.Throughput(requests, output, total);
    }

    private static Supplier<ServingPlan.Certificate> certificate(FieldReader fields) {
        double bound = fields.number("upperBoundRequestsPerSecond", 0, MAX);
        double gap = fields.number("gap", -MAX, MAX);
        String covers = fields.text("covers");
        List<String> minCut = fields.requiredTexts("minCut");
        ServingPlan.LeastCost leastCost = fields.has("lowerBoundUsdPerHour") || fields.has("costGap")
                ? new ServingPlan.LeastCost(
                        fields.number("lowerBoundUsdPerHour", 0, MAX), fields.number("costGap", -MAX, MAX))
                : null;
        fields.rejectUnknown();
        return () -> new ServingPlan.Certificate(bound, gap, covers, minCut, leastCost);
    }

    private static Supplier<ServingPlan.Cost> cost(FieldReader fields) {
        double perHour = fields.number("usdPerHour", 0, MAX);
        double perMillion = fields.number("usdPerMillionOutputTokens", 0, MAX);
        fields.rejectUnknown();
        return () -> new ServingPlan.Cost(perHour, perMillion);
    }

    private static List<ServingPlan.Alternative> alternatives(FieldReader root) {
        List<ServingPlan.Alternative> alternatives = new ArrayList<>();
        for (FieldReader fields : root.requiredObjects("alternatives")) {
            alternatives.add(
                    new ServingPlan.Alternative(fields.text("name"), fields.number("requestsPerSecond", 0, MAX)));
            fields.rejectUnknown();
        }
        return alternatives;
    }

    static Supplier<ServingPlan.Termination> termination(FieldReader fields) {
        String reason = fields.text("reason");
        String limit = fields.has("limit") ? fields.text("limit") : null;
        long evaluations = fields.longInteger("evaluations", 0, Long.MAX_VALUE);
        fields.rejectUnknown();
        return () -> new ServingPlan.Termination(reason, limit, evaluations);
    }
}
