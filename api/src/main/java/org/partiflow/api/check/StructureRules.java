package org.partiflow.api.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/** Groups are made of existing GPUs, each in one place; layers are tiled once; tensor parallelism is legal. */
final class StructureRules {
    private final PlanningProblem problem;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, String> usedBy = new HashMap<>();

    private StructureRules(PlanningProblem problem) {
        this.problem = problem;
    }

    static List<Violation> violations(PlanningProblem problem, ServingPlan plan) {
        StructureRules rules = new StructureRules(problem);
        Set<String> ids = new HashSet<>();
        for (ServingGroup group : plan.groups()) {
            if (!ids.add(group.id())) {
                rules.add("group-id", group.id(), "two groups have this id");
            }
            rules.checkGroup(group);
        }
        rules.checkUnused(plan);
        return rules.violations;
    }

    private void checkGroup(ServingGroup group) {
        if (group.stages().isEmpty() || group.batch() < 1) {
            add("group", group.id(), "has " + group.stages().size() + " stages and batch " + group.batch());
        }
        if (group.weightBytesPerGpu().size() != group.gpuCount()) {
            add(
                    "weights",
                    group.id(),
                    "lists weights of " + group.weightBytesPerGpu().size() + " GPUs, has " + group.gpuCount());
        }
        int next = 0;
        for (Stage stage : group.stages()) {
            if (stage.firstLayer() != next || stage.lastLayer() < stage.firstLayer()) {
                add(
                        "layers",
                        group.id(),
                        "a stage holds layers " + stage.firstLayer() + " to " + stage.lastLayer() + " where layer "
                                + next + " should be next");
            }
            next = stage.lastLayer() + 1;
            checkGpus(group.id(), stage);
        }
        if (next != problem.model().layers()) {
            add(
                    "layers",
                    group.id(),
                    "the stages end before layer " + next + " of "
                            + problem.model().layers());
        }
    }

    private void checkGpus(String group, Stage stage) {
        for (String gpu : stage.gpus()) {
            if (problem.cluster().findGpu(gpu).isEmpty()) {
                add("gpu", group, "names the GPU '" + gpu + "', which is not in the cluster");
            }
            claim(gpu, group);
        }
        if (!Sharding.isLegal(problem.model(), stage.degree())) {
            add(
                    "tensor-parallel",
                    group,
                    "a stage of " + stage.degree() + " GPUs does not divide the "
                            + problem.model().attention().heads() + " heads and "
                            + problem.model().attention().kvHeads() + " KV heads");
        }
    }

    private void checkUnused(ServingPlan plan) {
        for (String gpu : plan.unusedGpus()) {
            claim(gpu, "unusedGpus");
        }
        for (int gpu = 0; gpu < problem.cluster().gpuCount(); gpu++) {
            String name = problem.cluster().gpuName(gpu);
            if (!usedBy.containsKey(name)) {
                add("gpu", name, "is in no group and not listed as unused");
            }
        }
    }

    private void claim(String gpu, String owner) {
        String other = usedBy.put(gpu, owner);
        if (other != null) {
            add("gpu", gpu, "is in '" + other + "' and in '" + owner + "'");
        }
    }

    private void add(String rule, String subject, String message) {
        violations.add(new Violation(rule, subject, message));
    }
}
