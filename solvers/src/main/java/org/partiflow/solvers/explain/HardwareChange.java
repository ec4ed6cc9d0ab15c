package org.partiflow.solvers.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.unit.Bandwidth;

/**
 * A cluster with one thing changed; nodes keep their order.
 *
 * @param cluster the changed cluster
 * @param where what was changed
 * @param usdPerHour what it costs more
 */
record HardwareChange(Cluster cluster, String where, double usdPerHour) {
    private static final int MOST_NODES_PER_TYPE = 3;
    private static final int MOST_CABLES = 4;

    /** A question, and the changes that could answer it, of which the best counts. */
    record Question(Explanation.Change change, String subject, List<HardwareChange> variants) {}

    /** One question for each GPU type, and one for each class of links that the plan sends something over. */
    static List<Question> questions(Cluster cluster, ServingPlan plan) {
        LinkUse use = LinkUse.of(cluster, plan);
        List<Question> questions = new ArrayList<>(moreGpus(cluster));
        questions.addAll(fasterNics(cluster, use));
        questions.addAll(fasterInside(cluster, use));
        questions.addAll(fasterBetweenZones(cluster, use));
        questions.addAll(fasterCables(cluster, use));
        return questions;
    }

    private static List<Question> moreGpus(Cluster cluster) {
        Map<String, Map<Node, HardwareChange>> byType = new LinkedHashMap<>();
        for (int n = 0; n < cluster.nodeCount(); n++) {
            Node node = cluster.node(n);
            Node alike = new Node("alike", node.gpu(), node.count(), node.zone(), node.intraNode(), node.nic(), 0);
            Map<Node, HardwareChange> variants =
                    byType.computeIfAbsent(node.gpu().name(), type -> new LinkedHashMap<>());
            if (!variants.containsKey(alike) && variants.size() < MOST_NODES_PER_TYPE) {
                List<Node> nodes = new ArrayList<>(cluster.nodes());
                nodes.set(n, with(node, node.count() + 1, node.intraNode(), node.nic()));
                variants.put(
                        alike,
                        new HardwareChange(
                                changed(cluster, nodes, cluster.fabric(), cluster.links()),
                                "in node " + node.id(),
                                node.pricePerGpuHourUsd()));
            }
        }
        List<Question> questions = new ArrayList<>();
        byType.forEach((type, variants) ->
                questions.add(new Question(Explanation.Change.MORE_GPU, type, List.copyOf(variants.values()))));
        return questions;
    }

    private static List<Question> fasterNics(Cluster cluster, LinkUse use) {
        Map<String, Set<Integer>> classes = new LinkedHashMap<>();
        for (int n = 0; n < cluster.nodeCount(); n++) {
            if (use.leaves(n)) {
                Node node = cluster.node(n);
                classes.computeIfAbsent("NICs of the " + node.gpu().name() + " nodes", key -> new LinkedHashSet<>())
                        .add(n);
            }
        }
        List<Question> questions = new ArrayList<>();
        classes.forEach((subject, nodes) -> questions.add(faster(cluster, subject, nodes, true)));
        if (classes.size() > 1) {
            Set<Integer> all = new LinkedHashSet<>();
            classes.values().forEach(all::addAll);
            questions.add(faster(cluster, "NICs of all nodes in use", all, true));
        }
        return questions;
    }

    private static List<Question> fasterInside(Cluster cluster, LinkUse use) {
        Map<String, Set<Integer>> classes = new LinkedHashMap<>();
        for (int n = 0; n < cluster.nodeCount(); n++) {
            if (use.staysInside(n)) {
                Node node = cluster.node(n);
                String subject = word(node.intraNode().kind()) + " inside the "
                        + node.gpu().name() + " nodes";
                classes.computeIfAbsent(subject, key -> new LinkedHashSet<>()).add(n);
            }
        }
        List<Question> questions = new ArrayList<>();
        classes.forEach((subject, nodes) -> questions.add(faster(cluster, subject, nodes, false)));
        return questions;
    }

    private static Question faster(Cluster cluster, String subject, Set<Integer> changed, boolean network) {
        List<Node> nodes = new ArrayList<>(cluster.nodes());
        List<String> ids = new ArrayList<>();
        for (int n : changed) {
            Node node = cluster.node(n);
            Nic nic = network
                    ? new Nic(doubled(node.nic().bandwidth()), node.nic().latency())
                    : node.nic();
            Link inside = network
                    ? node.intraNode()
                    : new Link(
                            node.intraNode().kind(),
                            doubled(node.intraNode().bandwidth()),
                            node.intraNode().latency());
            nodes.set(n, with(node, node.count(), inside, nic));
            ids.add(node.id());
        }
        HardwareChange change = new HardwareChange(
                changed(cluster, nodes, cluster.fabric(), cluster.links()), String.join(", ", ids), 0);
        return new Question(Explanation.Change.FASTER_LINK, subject, List.of(change));
    }

    private static List<Question> fasterBetweenZones(Cluster cluster, LinkUse use) {
        List<Question> questions = new ArrayList<>();
        List<ZoneLink> between = cluster.fabric().between();
        for (int i = 0; i < between.size(); i++) {
            ZoneLink link = between.get(i);
            if (use.crosses(link.zoneA(), link.zoneB())) {
                List<ZoneLink> faster = new ArrayList<>(between);
                faster.set(i, new ZoneLink(link.zoneA(), link.zoneB(), doubled(link.bandwidth()), link.latency()));
                Fabric fabric = new Fabric(cluster.fabric().zoneLatency(), faster);
                String where = link.zoneA() + " and " + link.zoneB();
                questions.add(new Question(
                        Explanation.Change.FASTER_LINK,
                        "link between zones",
                        List.of(new HardwareChange(
                                changed(cluster, cluster.nodes(), fabric, cluster.links()), where, 0))));
            }
        }
        return questions;
    }

    private static List<Question> fasterCables(Cluster cluster, LinkUse use) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < cluster.links().size() && questions.size() < MOST_CABLES; i++) {
            NodeLink link = cluster.links().get(i);
            if (use.connects(link.nodeA(), link.nodeB())) {
                List<NodeLink> faster = new ArrayList<>(cluster.links());
                faster.set(i, new NodeLink(link.nodeA(), link.nodeB(), doubled(link.bandwidth()), link.latency()));
                questions.add(new Question(
                        Explanation.Change.FASTER_LINK,
                        "cable between nodes",
                        List.of(new HardwareChange(
                                changed(cluster, cluster.nodes(), cluster.fabric(), faster),
                                link.nodeA() + " and " + link.nodeB(),
                                0))));
            }
        }
        return questions;
    }

    private static String word(LinkKind kind) {
        return switch (kind) {
            case NVLINK -> "NVLink";
            case NVSWITCH -> "NVSwitch";
            case PCIE -> "PCIe";
            case NETWORK -> "network";
        };
    }

    private static Bandwidth doubled(Bandwidth bandwidth) {
        return new Bandwidth(2 * bandwidth.bytesPerSecond());
    }

    private static Node with(Node node, int count, Link inside, Nic nic) {
        return new Node(node.id(), node.gpu(), count, node.zone(), inside, nic, node.pricePerGpuHourUsd());
    }

    private static Cluster changed(Cluster cluster, List<Node> nodes, Fabric fabric, List<NodeLink> links) {
        return new Cluster(cluster.name(), nodes, fabric, links);
    }
}
