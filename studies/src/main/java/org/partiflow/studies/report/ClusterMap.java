package org.partiflow.studies.report;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.Stage;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.markup.Svg;
import org.partiflow.studies.words.GroupWords;
import org.partiflow.studies.words.Numbers;

/** Zones, nodes and GPUs; every GPU in the colour of its group. */
final class ClusterMap {
    private static final int MOST_NODES = 96;
    private static final int PER_ROW = 8;
    private static final double BOX = 46;
    private static final double GAP = 5;

    private final Cluster cluster;
    private final Palette palette;
    private final Map<String, String> others;
    private final Map<String, ServingGroup> groupOf = new HashMap<>();
    private final Map<String, Integer> stageOf = new HashMap<>();

    ClusterMap(PlanReport report, Palette palette) {
        this(report, palette, Map.of());
    }

    /**
     * A map that tells whom other GPUs serve.
     *
     * @param others short name of what GPUs that are in no group of the plan do
     */
    ClusterMap(PlanReport report, Palette palette, Map<String, String> others) {
        this.others = others;
        cluster = report.problem().cluster();
        this.palette = palette;
        for (ServingGroup group : report.plan().groups()) {
            for (int s = 0; s < group.stages().size(); s++) {
                for (String gpu : group.stages().get(s).gpus()) {
                    groupOf.put(gpu, group);
                    stageOf.put(gpu, s);
                }
            }
        }
    }

    Node draw() {
        Map<String, Element> zones = new LinkedHashMap<>();
        int shown = Math.min(cluster.nodeCount(), MOST_NODES);
        for (int node = 0; node < shown; node++) {
            zones.computeIfAbsent(cluster.node(node).zone(), zone -> Page.block("nodes"))
                    .add(node(node));
        }
        Element map = Page.block("map");
        zones.forEach((zone, nodes) -> map.add(Page.block("zone", Page.span("zone-name", "Zone " + zone), nodes)));
        if (shown < cluster.nodeCount()) {
            map.add(Element.text("p", "and " + Numbers.count(cluster.nodeCount() - shown) + " more nodes")
                    .with("class", "caption"));
        }
        return map;
    }

    private Node node(int index) {
        var node = cluster.node(index);
        Link inside = node.intraNode();
        String links = inside.kind().name().toLowerCase(Locale.ROOT) + " "
                + Numbers.gigabytesPerSecond(inside.bytesPerSecond()) + " · NIC "
                + Numbers.gigabitsPerSecond(node.nic().bandwidth().bytesPerSecond());
        return Page.block(
                "node",
                Page.block(
                        "node-title",
                        Page.span("id", node.id()),
                        Page.text(" " + node.gpu().name())),
                Page.block("node-links", Page.text(links)),
                boxes(index, node.count()));
    }

    private Element boxes(int node, int count) {
        int columns = Math.min(count, PER_ROW);
        int rows = (count + PER_ROW - 1) / PER_ROW;
        double width = columns * (BOX + GAP) - GAP;
        double height = rows * (BOX + GAP) - GAP;
        Element picture = Svg.picture(
                        width,
                        height,
                        count + " GPUs of node " + cluster.node(node).id())
                .with("class", "gpus")
                .with("width", width)
                .with("height", height);
        for (int i = 0; i < count; i++) {
            int column = i % PER_ROW;
            int row = i / PER_ROW;
            picture.add(box(cluster.gpuName(cluster.firstGpu(node) + i), column * (BOX + GAP), row * (BOX + GAP)));
        }
        return picture;
    }

    private Element box(String gpu, double x, double y) {
        ServingGroup group = groupOf.get(gpu);
        String colour = group == null ? "idle" : palette.of(group.id());
        Element box = Element.of("g").with("class", "g-" + colour);
        box.add(Element.text("title", tooltip(gpu, group)));
        box.add(Svg.rect(x + 0.5, y + 0.5, BOX - 1, BOX - 1, 6, "gpu"));
        box.add(Svg.label(
                x + BOX / 2, y + 21, group == null ? others.getOrDefault(gpu, "idle") : group.id(), "gpu-id"));
        if (group != null) {
            box.add(Svg.label(x + BOX / 2, y + 36, part(gpu, group), "gpu-part"));
        }
        return box;
    }

    private String part(String gpu, ServingGroup group) {
        if (group.stages().size() > 1) {
            return "stage " + (stageOf.getOrDefault(gpu, 0) + 1);
        }
        return group.phase() == Phase.COLOCATED ? "both" : GroupWords.phase(group.phase());
    }

    private String tooltip(String gpu, @Nullable ServingGroup group) {
        if (group == null) {
            return gpu + (others.containsKey(gpu) ? ": serves model " + others.get(gpu) : ": not used");
        }
        int index = stageOf.getOrDefault(gpu, 0);
        Stage stage = group.stages().get(index);
        return gpu + ": " + GroupWords.phase(group.phase()) + " group " + group.id() + ", stage " + (index + 1) + " of "
                + group.stages().size() + ", layers " + stage.firstLayer() + "-" + stage.lastLayer();
    }
}
