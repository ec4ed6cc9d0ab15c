package org.partiflow.interop.exports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/**
 * What groups that can be replicas of one deployment have in common.
 *
 * @param phase what they do
 * @param gpu GPU types, joined by {@code +} where a group mixes them
 * @param degree tensor-parallel degree; 0 where stages differ
 * @param layers layers of each stage
 * @param nodes nodes of each group
 * @param batch sequences in flight, or prompts per pass
 */
record GroupShape(Phase phase, String gpu, int degree, List<Integer> layers, int nodes, int batch) {
    static GroupShape of(ServingGroup group, Cluster cluster) {
        TreeSet<String> types = new TreeSet<>();
        TreeSet<Integer> degrees = new TreeSet<>();
        for (Stage stage : group.stages()) {
            degrees.add(stage.degree());
            stage.gpus()
                    .forEach(gpu ->
                            types.add(cluster.gpuType(number(cluster, gpu)).name()));
        }
        return new GroupShape(
                group.phase(),
                String.join("+", types),
                degrees.size() == 1 ? degrees.first() : 0,
                group.stages().stream().map(Stage::layers).toList(),
                nodesOf(group, cluster).size(),
                group.batch());
    }

    /** The plan's groups by shape, both in the plan's order. */
    static Map<GroupShape, List<ServingGroup>> byShape(ServingPlan plan, Cluster cluster) {
        Map<GroupShape, List<ServingGroup>> shapes = new LinkedHashMap<>();
        for (ServingGroup group : plan.groups()) {
            shapes.computeIfAbsent(of(group, cluster), shape -> new ArrayList<>())
                    .add(group);
        }
        return shapes;
    }

    /** Ids of the nodes of a group with its GPUs' positions on each, in stage order. */
    static Map<String, List<Integer>> nodesOf(ServingGroup group, Cluster cluster) {
        Map<String, List<Integer>> nodes = new LinkedHashMap<>();
        for (Stage stage : group.stages()) {
            for (String name : stage.gpus()) {
                int gpu = number(cluster, name);
                int node = cluster.nodeOf(gpu);
                nodes.computeIfAbsent(cluster.node(node).id(), id -> new ArrayList<>())
                        .add(gpu - cluster.firstGpu(node));
            }
        }
        return nodes;
    }

    int stages() {
        return layers.size();
    }

    int gpus() {
        return degree * stages();
    }

    boolean isMixed() {
        return gpu.contains("+");
    }

    boolean hasEvenLayers() {
        return layers.stream().distinct().count() == 1;
    }

    /** Short text for names: {@code prefill-h100-sxm-80gb-tp4pp2}. */
    String label() {
        return (phase.name() + "-" + gpu + "-tp" + degree + "pp" + stages())
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9-]", "-");
    }

    private static int number(Cluster cluster, String gpu) {
        OptionalInt found = cluster.findGpu(gpu);
        return found.orElseThrow(() -> new IllegalArgumentException("the cluster has no GPU '" + gpu + "'"));
    }
}
