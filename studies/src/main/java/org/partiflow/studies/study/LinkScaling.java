package org.partiflow.studies.study;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.Dimension;
import org.partiflow.api.unit.Quantities;

/**
 * Changes the links of a cluster: {@code x1/4} multiplies every bandwidth between nodes (network cards, zone links and
 * cables), {@code cap 10 Gbit/s} limits each of them; {@code all x1/4} includes the links inside nodes. Latencies stay.
 *
 * @param factor factor on bandwidths, above zero
 * @param capBytesPerSecond most bandwidth; infinite for none
 * @param insideNodes whether links inside nodes change too
 */
public record LinkScaling(double factor, double capBytesPerSecond, boolean insideNodes) {
    private static final Pattern SCALE = Pattern.compile("x\\s*([0-9]+(?:\\.[0-9]+)?)(?:/([0-9]+(?:\\.[0-9]+)?))?");
    private static final String ALL = "all ";
    private static final String CAP = "cap ";

    /** Rejects a factor or a cap that is not above zero. */
    public LinkScaling {
        if (!(factor > 0) || !Double.isFinite(factor) || !(capBytesPerSecond > 0)) {
            throw new IllegalArgumentException("a link factor and a cap must be above zero");
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it has none of the forms
     */
    public static LinkScaling parse(String text) {
        boolean all = text.startsWith(ALL);
        String rest = (all ? text.substring(ALL.length()) : text).strip();
        if (rest.startsWith(CAP)) {
            double cap = Quantities.parse(Dimension.BANDWIDTH, rest.substring(CAP.length()))
                    .fold(LinkScaling::reject, bytes -> bytes);
            return new LinkScaling(1, cap, all);
        }
        Matcher matcher = SCALE.matcher(rest);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no link scaling; write x1/4, cap 10 Gbit/s, all x1/4 or all cap 10 GB/s");
        }
        double divisor = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
        return new LinkScaling(Double.parseDouble(matcher.group(1)) / divisor, Double.POSITIVE_INFINITY, all);
    }

    /** Whether it limits bandwidths. */
    public boolean isCap() {
        return capBytesPerSecond < Double.POSITIVE_INFINITY;
    }

    /** Whether it changes nothing. */
    public boolean isNeutral() {
        return factor == 1 && !isCap();
    }

    /** The cluster with its links changed; O(nodes + links). */
    public Cluster apply(Cluster cluster) {
        List<Node> nodes = cluster.nodes().stream().map(this::node).toList();
        List<ZoneLink> zones = cluster.fabric().between().stream()
                .map(z -> new ZoneLink(z.zoneA(), z.zoneB(), changed(z.bandwidth()), z.latency()))
                .toList();
        List<NodeLink> links = cluster.links().stream()
                .map(l -> new NodeLink(l.nodeA(), l.nodeB(), changed(l.bandwidth()), l.latency()))
                .toList();
        return new Cluster(cluster.name(), nodes, new Fabric(cluster.fabric().zoneLatency(), zones), links);
    }

    private static Double reject(String problem) {
        throw new IllegalArgumentException(problem);
    }

    private Node node(Node node) {
        Link own = node.intraNode();
        Link intra = insideNodes ? new Link(own.kind(), changed(own.bandwidth()), own.latency()) : own;
        Nic nic = new Nic(changed(node.nic().bandwidth()), node.nic().latency());
        return new Node(node.id(), node.gpu(), node.count(), node.zone(), intra, nic, node.pricePerGpuHourUsd());
    }

    private Bandwidth changed(Bandwidth bandwidth) {
        return new Bandwidth(Math.min(bandwidth.bytesPerSecond() * factor, capBytesPerSecond));
    }
}
