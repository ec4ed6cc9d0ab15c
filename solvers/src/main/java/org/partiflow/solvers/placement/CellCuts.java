package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.NodeClasses;

/** Cuts a cluster into cells, zone by zone: of alike nodes, or of nodes of all classes mixed evenly. Stateless. */
final class CellCuts {
    /** Most GPUs of one node in one cell: larger nodes are cut. */
    private static final int MOST_OF_A_NODE = 16;

    private CellCuts() {}

    private record Part(int node, int gpus, double order) {}

    /**
     * Cells that cover every GPU once.
     *
     * @param mixed whether nodes of all classes are dealt evenly; otherwise nodes of one class stay together
     */
    static List<GpuSet> of(Cluster cluster, NodeClasses classes, boolean mixed) {
        List<GpuSet> cells = new ArrayList<>();
        for (List<Part> zone : partsByZone(cluster, classes, mixed)) {
            GpuSet cell = GpuSet.empty(classes);
            for (Part part : zone) {
                // Parts of one node are in different cells, so that the digits of a cell stay small.
                boolean fits = cell.size() == 0
                        || (cell.countOf(part.node) == 0 && Cells.isSmallEnough(cell.plus(part.node, part.gpus)));
                if (!fits) {
                    cells.add(cell);
                    cell = GpuSet.empty(classes);
                }
                cell = cell.plus(part.node, part.gpus);
            }
            cells.add(cell);
        }
        return cells;
    }

    private static List<List<Part>> partsByZone(Cluster cluster, NodeClasses classes, boolean mixed) {
        List<List<Part>> zones = new ArrayList<>();
        int[] members = new int[classes.count()];
        for (int n = 0; n < cluster.nodeCount(); n++) {
            members[classes.classOf(n)]++;
        }
        int[] seen = new int[classes.count()];
        for (int n = 0; n < cluster.nodeCount(); n++) {
            int nodeClass = classes.classOf(n);
            while (zones.size() <= classes.zoneOf(n)) {
                zones.add(new ArrayList<>());
            }
            double order = mixed ? (seen[nodeClass]++ + 0.5) / members[nodeClass] : nodeClass;
            for (int left = cluster.node(n).count(); left > 0; left -= MOST_OF_A_NODE) {
                zones.get(classes.zoneOf(n)).add(new Part(n, Math.min(left, MOST_OF_A_NODE), order));
            }
        }
        zones.forEach(
                parts -> parts.sort(Comparator.comparingDouble(Part::order).thenComparingInt(Part::node)));
        return zones;
    }
}
