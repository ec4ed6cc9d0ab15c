package org.partiflow.solvers.replan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.PlanRenaming;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/**
 * Renames GPUs within their nodes, where they are interchangeable, so that as many as possible keep what they did: first
 * groups that the old plan has on the same nodes in the same shape, then GPUs that hold the same shard. No figure of a plan
 * depends on it.
 */
final class Relabelling {
    private final Cluster cluster;
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    private Relabelling(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The plan with GPUs renamed. */
    static ServingPlan keepRoles(ServingPlan before, ServingPlan after, Cluster cluster) {
        Relabelling relabelling = new Relabelling(cluster);
        relabelling.matchGroups(before, after);
        relabelling.matchShards(before, after);
        relabelling.matchRest();
        return relabelling.renamed(after);
    }

    private void matchGroups(ServingPlan before, ServingPlan after) {
        Map<List<Object>, List<ServingGroup>> byShape = new HashMap<>();
        before.groups().stream()
                .filter(this::isWhole)
                .forEach(group -> byShape.computeIfAbsent(shape(group), key -> new ArrayList<>())
                        .add(group));
        for (ServingGroup group : after.groups()) {
            List<ServingGroup> alike = byShape.getOrDefault(shape(group), List.of());
            if (!alike.isEmpty()) {
                List<String> from = gpus(group);
                List<String> to = gpus(alike.remove(0));
                for (int i = 0; i < from.size(); i++) {
                    rename(from.get(i), to.get(i));
                }
            }
        }
    }

    private void matchShards(ServingPlan before, ServingPlan after) {
        Map<List<Object>, List<String>> holders = new HashMap<>();
        before.groups().stream().flatMap(group -> group.stages().stream()).forEach(stage -> {
            for (int rank = 0; rank < stage.degree(); rank++) {
                String gpu = stage.gpus().get(rank);
                if (cluster.findGpu(gpu).isPresent() && !taken.contains(gpu)) {
                    holders.computeIfAbsent(shard(stage, rank), key -> new ArrayList<>())
                            .add(gpu);
                }
            }
        });
        for (ServingGroup group : after.groups()) {
            for (Stage stage : group.stages()) {
                for (int rank = 0; rank < stage.degree(); rank++) {
                    List<String> same = holders.getOrDefault(shard(stage, rank), List.of());
                    if (!names.containsKey(stage.gpus().get(rank)) && !same.isEmpty()) {
                        rename(stage.gpus().get(rank), same.remove(0));
                    }
                }
            }
        }
    }

    /** The others keep their names where they can. */
    private void matchRest() {
        for (int gpu = 0; gpu < cluster.gpuCount(); gpu++) {
            String name = cluster.gpuName(gpu);
            if (!names.containsKey(name) && !taken.contains(name)) {
                rename(name, name);
            }
        }
        for (int node = 0; node < cluster.nodeCount(); node++) {
            List<String> left = new ArrayList<>();
            for (int gpu = cluster.firstGpu(node); gpu < cluster.firstGpu(node + 1); gpu++) {
                if (!taken.contains(cluster.gpuName(gpu))) {
                    left.add(cluster.gpuName(gpu));
                }
            }
            for (int gpu = cluster.firstGpu(node); gpu < cluster.firstGpu(node + 1); gpu++) {
                if (!names.containsKey(cluster.gpuName(gpu))) {
                    rename(cluster.gpuName(gpu), left.remove(0));
                }
            }
        }
    }

    private void rename(String from, String to) {
        names.put(from, to);
        taken.add(to);
    }

    private boolean isWhole(ServingGroup group) {
        return gpus(group).stream().allMatch(gpu -> cluster.findGpu(gpu).isPresent());
    }

    private static List<Object> shape(ServingGroup group) {
        List<Object> shape = new ArrayList<>();
        shape.add(group.phase());
        for (Stage stage : group.stages()) {
            shape.add(List.of(
                    stage.firstLayer(),
                    stage.lastLayer(),
                    stage.gpus().stream().map(Relabelling::node).toList()));
        }
        return shape;
    }

    private static List<Object> shard(Stage stage, int rank) {
        return List.of(node(stage.gpus().get(rank)), stage.firstLayer(), stage.lastLayer(), stage.degree(), rank);
    }

    private static List<String> gpus(ServingGroup group) {
        return group.stages().stream().flatMap(stage -> stage.gpus().stream()).toList();
    }

    private static String node(String gpu) {
        return gpu.substring(0, gpu.lastIndexOf('/'));
    }

    private String name(String gpu) {
        return names.getOrDefault(gpu, gpu);
    }

    private ServingPlan renamed(ServingPlan plan) {
        List<String> unused = plan.unusedGpus().stream()
                .map(this::name)
                .sorted(java.util.Comparator.comparingInt(
                        gpu -> cluster.findGpu(gpu).orElseThrow()))
                .toList();
        return PlanRenaming.of(plan, this::name, unused);
    }
}
