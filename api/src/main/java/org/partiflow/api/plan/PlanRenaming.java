package org.partiflow.api.plan;

import java.util.List;
import java.util.function.UnaryOperator;

/** Gives the GPUs of a plan other names. Stateless. */
public final class PlanRenaming {
    private static final String LINK = "link:";

    private PlanRenaming() {}

    /**
     * The same plan on GPUs of other names.
     *
     * @param name new name of a GPU; called with the first part of link ids too, which it leaves alone if it is no GPU
     * @param unusedGpus names of the GPUs that are in no group
     */
    public static ServingPlan of(ServingPlan plan, UnaryOperator<String> name, List<String> unusedGpus) {
        ServingPlan.Certificate certificate = plan.certificate();
        return new ServingPlan(
                plan.generator(),
                plan.inputs(),
                plan.groups().stream().map(group -> renamed(group, name)).toList(),
                plan.routes(),
                plan.throughput(),
                new ServingPlan.Certificate(
                        certificate.upperBoundRequestsPerSecond(),
                        certificate.gap(),
                        certificate.covers(),
                        certificate.minCut().stream().map(id -> link(id, name)).toList(),
                        certificate.leastCost()),
                unusedGpus,
                plan.cost(),
                plan.alternatives(),
                plan.termination(),
                plan.warnings());
    }

    private static ServingGroup renamed(ServingGroup group, UnaryOperator<String> name) {
        List<Stage> stages = group.stages().stream()
                .map(stage ->
                        new Stage(stage.gpus().stream().map(name).toList(), stage.firstLayer(), stage.lastLayer()))
                .toList();
        return new ServingGroup(
                group.id(),
                group.phase(),
                stages,
                group.batch(),
                group.capacityRequestsPerSecond(),
                group.flowRequestsPerSecond(),
                group.latencySeconds(),
                group.weightBytesPerGpu(),
                group.kvCapacityTokens());
    }

    /** A port is named after its GPU: {@code link:h0/0/out}. */
    private static String link(String id, UnaryOperator<String> name) {
        int slash = id.lastIndexOf('/');
        return id.startsWith(LINK) && slash > LINK.length()
                ? LINK + name.apply(id.substring(LINK.length(), slash)) + id.substring(slash)
                : id;
    }
}
