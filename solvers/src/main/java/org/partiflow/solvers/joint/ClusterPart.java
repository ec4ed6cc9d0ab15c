package org.partiflow.solvers.joint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.plan.PlanRenaming;
import org.partiflow.api.plan.ServingPlan;

/**
 * Some GPUs of a cluster as a cluster of their own: the same nodes with fewer GPUs, the same links. Plans are carried in and
 * out by renaming their GPUs. Shared links keep their whole capacity. Immutable.
 */
public final class ClusterPart {
    private final Cluster whole;
    private final Cluster part;
    private final Map<String, String> outside = new HashMap<>();
    private final Map<String, String> inside = new HashMap<>();

    private ClusterPart(Cluster whole, boolean[] chosen) {
        this.whole = whole;
        List<Node> nodes = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        for (int n = 0; n < whole.nodeCount(); n++) {
            Node node = whole.node(n);
            int count = 0;
            for (int gpu = whole.firstGpu(n); gpu < whole.firstGpu(n) + node.count(); gpu++) {
                if (chosen[gpu]) {
                    String name = node.id() + "/" + count++;
                    outside.put(name, whole.gpuName(gpu));
                    inside.put(whole.gpuName(gpu), name);
                }
            }
            if (count > 0) {
                kept.add(node.id());
                nodes.add(withCount(node, count));
            }
        }
        part = new Cluster(
                whole.name(),
                nodes,
                whole.fabric(),
                whole.links().stream()
                        .filter(link -> kept.contains(link.nodeA()) && kept.contains(link.nodeB()))
                        .toList());
    }

    /**
     * The part of the cluster that is made of these GPUs.
     *
     * @param chosen whether each GPU belongs to it; at least one must
     * @throws IllegalArgumentException if none does
     */
    public static ClusterPart of(Cluster whole, boolean[] chosen) {
        return new ClusterPart(whole, chosen);
    }

    /** The first GPUs of each node, so many of them. */
    static ClusterPart of(Cluster whole, int[] counts) {
        boolean[] chosen = new boolean[whole.gpuCount()];
        for (int n = 0; n < counts.length; n++) {
            java.util.Arrays.fill(chosen, whole.firstGpu(n), whole.firstGpu(n) + counts[n], true);
        }
        return new ClusterPart(whole, chosen);
    }

    /** The part as a cluster. */
    public Cluster cluster() {
        return part;
    }

    /** A plan of the whole cluster as one of the part; GPUs that are not in the part get names that no GPU has. */
    public ServingPlan inside(ServingPlan plan) {
        Set<String> used = used(plan);
        List<String> unused = new ArrayList<>();
        for (int gpu = 0; gpu < part.gpuCount(); gpu++) {
            String name = part.gpuName(gpu);
            if (!used.contains(outside.getOrDefault(name, name))) {
                unused.add(name);
            }
        }
        return PlanRenaming.of(plan, this::inward, unused);
    }

    /** A plan of the part as one of the whole cluster, whose other GPUs it leaves unused. */
    public ServingPlan outside(ServingPlan plan) {
        return PlanRenaming.of(plan, name -> outside.getOrDefault(name, name), unusedOutside(plan));
    }

    private List<String> unusedOutside(ServingPlan plan) {
        Set<String> used = new HashSet<>();
        used(plan).forEach(name -> used.add(outside.getOrDefault(name, name)));
        List<String> unused = new ArrayList<>();
        for (int gpu = 0; gpu < whole.gpuCount(); gpu++) {
            if (!used.contains(whole.gpuName(gpu))) {
                unused.add(whole.gpuName(gpu));
            }
        }
        return unused;
    }

    private String inward(String name) {
        boolean isGpu = name.matches(".*/[0-9]+");
        return isGpu ? inside.getOrDefault(name, "outside:" + name) : name;
    }

    private static Set<String> used(ServingPlan plan) {
        Set<String> used = new HashSet<>();
        plan.groups().forEach(group -> group.stages().forEach(stage -> used.addAll(stage.gpus())));
        return used;
    }

    private static Node withCount(Node node, int count) {
        return new Node(
                node.id(), node.gpu(), count, node.zone(), node.intraNode(), node.nic(), node.pricePerGpuHourUsd());
    }
}
