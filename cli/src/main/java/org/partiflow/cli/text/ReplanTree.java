package org.partiflow.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.solvers.replan.LevelOutcome;
import org.partiflow.solvers.replan.ReplanResult;
import org.partiflow.solvers.replan.Transition;
import org.partiflow.studies.compare.ComparisonTree;
import org.partiflow.studies.compare.PlanDifference;

/** A replanning as plain values, keys in the order of {@code replan/1}. Stateless. */
public final class ReplanTree {
    private ReplanTree() {}

    /** Every level, which was chosen and why, and what changes. */
    public static Map<String, Object> of(ServingPlan before, ReplanResult result) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("partiflow", "replan/1");
        root.put("chosen", result.chosen().map(ReplanTree::name).orElse(""));
        root.put("reason", result.reason());
        List<Map<String, Object>> broken = new ArrayList<>();
        for (ReplanResult.BrokenGroup group : result.broken()) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("id", group.id());
            node.put("reason", group.reason());
            broken.add(node);
        }
        root.put("brokenGroups", broken);
        root.put("levels", result.levels().stream().map(ReplanTree::level).toList());
        result.chosen()
                .flatMap(LevelOutcome::plan)
                .ifPresent(plan ->
                        root.put("difference", ComparisonTree.difference(PlanDifference.between(before, plan))));
        return root;
    }

    private static String name(LevelOutcome level) {
        return level.level().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, @Nullable Object> level(LevelOutcome level) {
        Map<String, @Nullable Object> node = new LinkedHashMap<>();
        node.put("level", name(level));
        node.put("requestsPerSecond", level.value());
        node.put("shareOfAnew", Double.isFinite(level.share()) ? level.share() : null);
        Transition transition = level.transition();
        node.put("touchedGpus", transition.touchedGpus());
        node.put("releasedGpus", transition.releasedGpus());
        node.put("loadingGpus", transition.loadingGpus());
        node.put("loadBytes", transition.loadBytes());
        node.put("loadSeconds", transition.loadSeconds());
        return node;
    }
}
