package org.partiflow.interop.exports;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.Stage;
import org.partiflow.io.HelixSolutionWriter;

/**
 * The solution file of Helix's simulator: the layers of each compute node. A compute node is a GPU, numbered in the order
 * of the cluster file. Helix places layers on machines that do both phases, so only plans of colocated groups whose stages
 * are single GPUs can be written. Stateless and thread-safe.
 */
public final class HelixExporter implements PlanExporter {
    @Override
    public String format() {
        return "helix";
    }

    @Override
    public String target() {
        return "Helix (ASPLOS 2025), solution file of its simulator";
    }

    @Override
    public List<String> obstacles(ExportRequest request) {
        List<String> obstacles = new ArrayList<>();
        for (ServingGroup group : request.plan().groups()) {
            if (group.phase() != Phase.COLOCATED) {
                obstacles.add("group " + group.id() + " is " + group.phase()
                        + ", but Helix's machines do both phases; plan" + " with --planner helix or colocated");
            }
            if (group.stages().stream().anyMatch(stage -> stage.degree() > 1)) {
                String degrees = group.stages().stream()
                        .map(stage -> String.valueOf(stage.degree()))
                        .collect(Collectors.joining(", "));
                obstacles.add("group " + group.id() + " has stages of " + degrees
                        + " GPUs, but a compute node of Helix is one GPU");
            }
        }
        return obstacles;
    }

    @Override
    public List<ExportedFile> export(ExportRequest request) {
        Exporters.requireNone(obstacles(request), format());
        Cluster cluster = request.problem().cluster();
        List<Integer> start = new ArrayList<>(Collections.nCopies(cluster.gpuCount(), -1));
        List<Integer> end = new ArrayList<>(start);
        for (ServingGroup group : request.plan().groups()) {
            for (Stage stage : group.stages()) {
                int gpu = cluster.findGpu(stage.gpus().get(0)).orElseThrow();
                start.set(gpu, stage.firstLayer());
                end.set(gpu, stage.lastLayer() + 1);
            }
        }
        byte[] content = new HelixSolutionWriter().toBytes(start, end);
        List<ExportedFile> files = new ArrayList<>();
        files.add(ExportedFile.text("helix_sol.ini", new String(content, StandardCharsets.UTF_8)));
        files.add(ExportedFile.text("README.txt", Exporters.readme(this, request, files)));
        return files;
    }
}
