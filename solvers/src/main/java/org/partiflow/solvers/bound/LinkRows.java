package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.cost.KvProtocol;

/**
 * What KV caches may cross the borders of nodes and zones: for each of them a row
 *
 * <pre>
 * sum over prefill groups of flow x share within  -  sum over decode groups of flow x share within  &lt;=  limit out
 * </pre>
 *
 * and the same the other way for what comes in. Shares are those of {@link org.partiflow.solvers.strategy.KvShare}, where
 * the proof stands; limits are in whole caches per second. Cables that bypass a NIC or a zone link are added to the limit.
 * Rows that no plan below a given throughput can break are left out. Immutable.
 */
final class LinkRows {
    /**
     * A row.
     *
     * @param nodes nodes inside the border
     * @param limit caches per second that can cross it one way
     * @param outward whether the row counts what leaves
     */
    @SuppressWarnings("ArrayRecordComponent") // hot in planning; never written to after construction
    record Row(boolean[] nodes, double limit, boolean outward) {}

    private final List<Row> rows = new ArrayList<>();

    private LinkRows() {}

    /** No rows: links without limits. */
    static LinkRows none() {
        return new LinkRows();
    }

    /**
     * @param throughput rows that a plan of this throughput cannot break are left out
     */
    LinkRows(PlanningProblem problem, double throughput) {
        Cluster cluster = problem.cluster();
        KvProtocol protocol = problem.serving().kvProtocol();
        double bytes = problem.workload().moments().prompt()
                * problem.model().kvBytesPerToken()
                * protocol.encoding().ratio(problem.model().kv().bytes());
        double requestsPerByte = protocol.transport(LinkKind.NETWORK).efficiency() / bytes;
        double[] bypass = new double[cluster.nodeCount()];
        Map<String, Double> zoneBytes = new HashMap<>();
        for (ZoneLink link : cluster.fabric().between()) {
            zoneBytes.merge(link.zoneA(), link.bandwidth().bytesPerSecond(), Double::sum);
            zoneBytes.merge(link.zoneB(), link.bandwidth().bytesPerSecond(), Double::sum);
        }
        addCables(cluster, bypass, zoneBytes);
        for (int n = 0; n < cluster.nodeCount(); n++) {
            boolean[] inside = new boolean[cluster.nodeCount()];
            inside[n] = true;
            double nic = cluster.node(n).nic().bandwidth().bytesPerSecond();
            add(inside, (nic + bypass[n]) * requestsPerByte, throughput);
        }
        List<String> zones = cluster.nodes().stream().map(Node::zone).distinct().toList();
        for (String zone : zones.size() > 1 ? zones : List.<String>of()) {
            boolean[] inside = new boolean[cluster.nodeCount()];
            for (int n = 0; n < inside.length; n++) {
                inside[n] = cluster.node(n).zone().equals(zone);
            }
            add(inside, zoneBytes.getOrDefault(zone, 0.0) * requestsPerByte, throughput);
        }
    }

    private static void addCables(Cluster cluster, double[] bypass, Map<String, Double> zoneBytes) {
        SharedLinks shared = new SharedLinks(cluster);
        for (NodeLink link : cluster.links()) {
            int a = cluster.findNode(link.nodeA()).orElseThrow();
            int b = cluster.findNode(link.nodeB()).orElseThrow();
            if (shared.nodePath(a, b).length == 1) {
                bypass[a] += link.bandwidth().bytesPerSecond();
                bypass[b] += link.bandwidth().bytesPerSecond();
            }
            if (!cluster.node(a).zone().equals(cluster.node(b).zone())) {
                zoneBytes.merge(cluster.node(a).zone(), link.bandwidth().bytesPerSecond(), Double::sum);
                zoneBytes.merge(cluster.node(b).zone(), link.bandwidth().bytesPerSecond(), Double::sum);
            }
        }
    }

    private void add(boolean[] inside, double limit, double throughput) {
        if (limit < throughput) {
            rows.add(new Row(inside, limit, true));
            rows.add(new Row(inside, limit, false));
        }
    }

    int count() {
        return rows.size();
    }

    double limit(int row) {
        return rows.get(row).limit();
    }

    boolean[] nodes(int row) {
        return rows.get(row).nodes();
    }

    /** Whether the row counts what groups send that prefill, or else what those receive that decode. */
    boolean isCounted(int row, boolean sends) {
        return sends == rows.get(row).outward();
    }

    /**
     * Coefficient of a unit of flow of a group.
     *
     * @param sends whether the group prefills
     * @param shareByNode the part of each cache that it keeps on each node; empty if unknown
     */
    double coefficient(int row, boolean sends, double[] shareByNode) {
        Row r = rows.get(row);
        boolean counted = isCounted(row, sends);
        if (shareByNode.length == 0) {
            // Anything between nothing and all: the least that it can load the row with.
            return counted ? 0 : -1;
        }
        double share = 0;
        for (int n = 0; n < shareByNode.length; n++) {
            share += r.nodes()[n] ? shareByNode[n] : 0;
        }
        return counted ? share : -share;
    }
}
