package org.partiflow.studies.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.Stage;

/** A serving group in words. Stateless. */
public final class GroupWords {
    private GroupWords() {}

    /** The phase as an adjective: prefill, decode or colocated. */
    public static String phase(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    /** Counts by GPU type, for example {@code 2x H100-SXM-80GB + 4x L40}. */
    public static String types(Cluster cluster, ServingGroup group) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Stage stage : group.stages()) {
            for (String gpu : stage.gpus()) {
                cluster.findGpu(gpu)
                        .ifPresent(index -> counts.merge(cluster.gpuType(index).name(), 1, Integer::sum));
            }
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + "x " + entry.getKey())
                .collect(Collectors.joining(" + "));
    }

    /** GPU names with runs drawn together, for example {@code h0/0-1 a0/0-3}. */
    public static String places(ServingGroup group) {
        Set<String> gpus = new LinkedHashSet<>();
        group.stages().forEach(stage -> gpus.addAll(stage.gpus()));
        return places(List.copyOf(gpus));
    }

    /** GPU names with runs of one node drawn together. */
    public static String places(List<String> gpus) {
        Map<String, List<Integer>> byNode = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (String gpu : gpus) {
            int slash = gpu.lastIndexOf('/');
            if (slash > 0 && gpu.substring(slash + 1).matches("[0-9]{1,9}")) {
                byNode.computeIfAbsent(gpu.substring(0, slash), node -> new ArrayList<>())
                        .add(Integer.valueOf(gpu.substring(slash + 1)));
            } else {
                others.add(gpu);
            }
        }
        List<String> words = new ArrayList<>();
        byNode.forEach((node, positions) -> words.add(node + "/" + runs(positions)));
        words.addAll(others);
        return String.join(" ", words);
    }

    /** {@code TPxPP} if all stages are alike ({@code 2x4}), else the degree of each stage ({@code 4+2}). */
    public static String parallelism(ServingGroup group) {
        List<Integer> degrees = group.stages().stream().map(Stage::degree).toList();
        return degrees.stream().distinct().count() == 1
                ? degrees.get(0) + "x" + degrees.size()
                : degrees.stream().map(String::valueOf).collect(Collectors.joining("+"));
    }

    /** Layers of each stage, for example {@code 40+24+16}. */
    public static String layers(ServingGroup group) {
        return group.stages().stream()
                .map(stage -> String.valueOf(stage.layers()))
                .collect(Collectors.joining("+"));
    }

    /** Planned rate over capacity; 0 if the group has no capacity. */
    public static double utilisation(ServingGroup group) {
        return group.capacityRequestsPerSecond() > 0
                ? group.flowRequestsPerSecond() / group.capacityRequestsPerSecond()
                : 0;
    }

    private static String runs(List<Integer> positions) {
        List<Integer> sorted = positions.stream().sorted().toList();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sorted.size(); ) {
            int end = i;
            while (end + 1 < sorted.size() && sorted.get(end + 1) == sorted.get(end) + 1) {
                end++;
            }
            text.append(i == 0 ? "" : ",").append(sorted.get(i));
            text.append(end == i ? "" : "-" + sorted.get(end));
            i = end + 1;
        }
        return text.toString();
    }
}
