package org.partiflow.interop.exports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;

/**
 * What engines demand of a plan. From the compatibility notes of vLLM's NIXL connector and of SGLang's disaggregation:
 * a group is a grid of pipeline stages that all have the same tensor-parallel degree; prefill and decode may differ in it
 * where keys and values are per head (vLLM), and must not in SGLang; caches travel as stored. Stateless.
 */
final class Compatibility {
    private Compatibility() {}

    /** Groups that are no grid of equal stages. */
    static List<String> grids(ExportRequest request) {
        List<String> obstacles = new ArrayList<>();
        for (ServingGroup group : request.plan().groups()) {
            if (shape(request, group).degree() == 0) {
                obstacles.add("group " + group.id() + " has stages of different tensor-parallel degrees ("
                        + String.join(
                                ", ",
                                group.stages().stream()
                                        .map(s -> "" + s.degree())
                                        .toList())
                        + "); an engine runs one degree");
            }
        }
        return obstacles;
    }

    /** Groups whose machines do not all hold the same number of GPUs, as launchers of several machines demand. */
    static List<String> evenNodes(ExportRequest request) {
        List<String> obstacles = new ArrayList<>();
        for (ServingGroup group : request.plan().groups()) {
            Map<String, List<Integer>> nodes = GroupShape.nodesOf(group, cluster(request));
            if (nodes.values().stream().map(List::size).distinct().count() > 1) {
                obstacles.add("group " + group.id() + " takes different numbers of GPUs from its nodes "
                        + String.join(", ", nodes.keySet()));
            }
        }
        return obstacles;
    }

    /** Groups that mix GPU types, which one pod template cannot ask for. */
    static List<String> oneGpuType(ExportRequest request) {
        List<String> obstacles = new ArrayList<>();
        for (ServingGroup group : request.plan().groups()) {
            GroupShape shape = shape(request, group);
            if (shape.isMixed()) {
                obstacles.add("group " + group.id() + " mixes GPU types (" + shape.gpu()
                        + "); its pods can ask for one type only");
            }
        }
        return obstacles;
    }

    /** Routes whose encoding no engine's connector has. */
    static List<String> encodings(ExportRequest request) {
        List<String> obstacles = new ArrayList<>();
        for (Route route : request.plan().routes()) {
            String encoding = route.protocol().substring(route.protocol().lastIndexOf('/') + 1);
            if (encoding.contains("4")) {
                obstacles.add("route " + route.from() + "->" + route.to() + " sends the cache as " + encoding
                        + "; connectors send it as it is stored");
            }
        }
        return obstacles.stream().distinct().toList();
    }

    /** Routes between groups of different tensor-parallel degrees. */
    static List<String> equalDegrees(ExportRequest request, String who) {
        Map<String, Integer> degrees = new HashMap<>();
        request.plan()
                .groups()
                .forEach(g -> degrees.put(g.id(), shape(request, g).degree()));
        List<String> obstacles = new ArrayList<>();
        for (Route route : request.plan().routes()) {
            int from = degrees.getOrDefault(route.from(), 0);
            int to = degrees.getOrDefault(route.to(), 0);
            if (from != to && from > 0 && to > 0) {
                obstacles.add("route " + route.from() + "->" + route.to() + " joins degrees " + from + " and " + to
                        + "; " + who);
            }
        }
        return obstacles;
    }

    static GroupShape shape(ExportRequest request, ServingGroup group) {
        return GroupShape.of(group, cluster(request));
    }

    static Cluster cluster(ExportRequest request) {
        return request.problem().cluster();
    }
}
