package org.partiflow.solvers.replan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/**
 * What it takes to get from one plan to another. A GPU is touched if its group, with all its stages and its phase, is not
 * in the old plan: its engine restarts or changes its role. It loads weights if its shard (layers, tensor-parallel degree
 * and rank) is another one than before. All GPUs load at a time, each at the rate given, those of a node together at most
 * at the rate of its NIC.
 *
 * @param touchedGpus GPUs that get another role, in the order of the new plan
 * @param releasedGpus GPUs of the cluster that had a role and have none any more
 * @param loadingGpus number of GPUs that load weights
 * @param loadBytes bytes that they load in all
 * @param loadSeconds seconds that the slowest takes
 */
public record Transition(
        List<String> touchedGpus, List<String> releasedGpus, int loadingGpus, double loadBytes, double loadSeconds) {
    /** Nothing changes. */
    public static final Transition NONE = new Transition(List.of(), List.of(), 0, 0, 0);

    private record Role(Phase phase, List<Stage> stages) {}

    private record Shard(int firstLayer, int lastLayer, int degree, int rank) {}

    /** Copies the lists. */
    public Transition {
        touchedGpus = List.copyOf(touchedGpus);
        releasedGpus = List.copyOf(releasedGpus);
    }

    /**
     * The transition between two plans. O(GPUs).
     *
     * @param problem what the new plan serves
     * @param loadBytesPerSecond rate at which one GPU loads weights
     */
    public static Transition between(
            ServingPlan before, ServingPlan after, PlanningProblem problem, double loadBytesPerSecond) {
        Set<Role> roles = new HashSet<>();
        Map<String, Shard> shards = new HashMap<>();
        for (ServingGroup group : before.groups()) {
            roles.add(new Role(group.phase(), group.stages()));
            group.stages().forEach(stage -> shards.putAll(shards(stage)));
        }
        List<String> touched = new ArrayList<>();
        Set<String> used = new HashSet<>();
        Map<Integer, Double> bytesOfNode = new TreeMap<>();
        int loading = 0;
        double seconds = 0;
        Cluster cluster = problem.cluster();
        for (ServingGroup group : after.groups()) {
            boolean kept = roles.contains(new Role(group.phase(), group.stages()));
            for (Stage stage : group.stages()) {
                used.addAll(stage.gpus());
                if (kept) {
                    continue;
                }
                touched.addAll(stage.gpus());
                double bytes =
                        Sharding.weightBytesPerGpu(problem.model(), stage.firstLayer(), stage.layers(), stage.degree());
                for (Map.Entry<String, Shard> entry : shards(stage).entrySet()) {
                    if (!entry.getValue().equals(shards.get(entry.getKey()))) {
                        loading++;
                        seconds = Math.max(seconds, bytes / loadBytesPerSecond);
                        int node =
                                cluster.nodeOf(cluster.findGpu(entry.getKey()).orElseThrow());
                        bytesOfNode.merge(node, bytes, Double::sum);
                    }
                }
            }
        }
        double total = 0;
        for (Map.Entry<Integer, Double> entry : bytesOfNode.entrySet()) {
            total += entry.getValue();
            double nic = cluster.node(entry.getKey()).nic().bandwidth().bytesPerSecond();
            seconds = Math.max(seconds, nic > 0 ? entry.getValue() / nic : 0);
        }
        return new Transition(touched, released(before, cluster, used), loading, total, seconds);
    }

    private static List<String> released(ServingPlan before, Cluster cluster, Set<String> used) {
        return before.groups().stream()
                .flatMap(group -> group.stages().stream())
                .flatMap(stage -> stage.gpus().stream())
                .filter(gpu -> !used.contains(gpu) && cluster.findGpu(gpu).isPresent())
                .toList();
    }

    private static Map<String, Shard> shards(Stage stage) {
        Map<String, Shard> shards = new HashMap<>();
        for (int rank = 0; rank < stage.degree(); rank++) {
            shards.put(stage.gpus().get(rank), new Shard(stage.firstLayer(), stage.lastLayer(), stage.degree(), rank));
        }
        return shards;
    }
}
