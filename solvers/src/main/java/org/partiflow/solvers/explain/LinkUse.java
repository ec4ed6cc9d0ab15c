package org.partiflow.solvers.explain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;

/** Between and inside which nodes a plan sends activations or KV caches. Immutable. */
final class LinkUse {
    private final Cluster cluster;
    private final Set<Long> pairs = new HashSet<>();
    private final Set<Integer> inside = new HashSet<>();

    private LinkUse(Cluster cluster) {
        this.cluster = cluster;
    }

    static LinkUse of(Cluster cluster, ServingPlan plan) {
        LinkUse use = new LinkUse(cluster);
        Map<String, List<Integer>> nodes = new HashMap<>();
        for (ServingGroup group : plan.groups()) {
            List<Integer> own = group.stages().stream()
                    .flatMap(stage -> stage.gpus().stream())
                    .map(gpu -> cluster.nodeOf(cluster.findGpu(gpu).orElseThrow()))
                    .toList();
            nodes.put(group.id(), own.stream().distinct().toList());
            for (int i = 1; i < own.size(); i++) {
                use.add(own.get(i - 1), own.get(i));
            }
        }
        for (Route route : plan.routes()) {
            for (int from : nodes.getOrDefault(route.from(), List.of())) {
                nodes.getOrDefault(route.to(), List.of()).forEach(to -> use.add(from, to));
            }
        }
        return use;
    }

    /** Whether something leaves the node. */
    boolean leaves(int node) {
        for (int other = 0; other < cluster.nodeCount(); other++) {
            if (pairs.contains(pair(node, other))) {
                return true;
            }
        }
        return false;
    }

    /** Whether something is sent between GPUs of the node. */
    boolean staysInside(int node) {
        return inside.contains(node);
    }

    /** Whether something is sent between two zones. */
    boolean crosses(String zoneA, String zoneB) {
        return pairs.stream().anyMatch(pair -> {
            String one = cluster.node((int) (pair >> 32)).zone();
            String other = cluster.node((int) (pair & 0xFFFFFFFFL)).zone();
            return one.equals(zoneA) && other.equals(zoneB) || one.equals(zoneB) && other.equals(zoneA);
        });
    }

    /** Whether something is sent between two nodes. */
    boolean connects(String nodeA, String nodeB) {
        return pairs.contains(pair(
                cluster.findNode(nodeA).orElseThrow(), cluster.findNode(nodeB).orElseThrow()));
    }

    private void add(int a, int b) {
        if (a == b) {
            inside.add(a);
        } else {
            pairs.add(pair(a, b));
        }
    }

    private static long pair(int a, int b) {
        return ((long) Math.min(a, b) << 32) | Math.max(a, b);
    }
}
