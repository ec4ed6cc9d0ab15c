package org.partiflow.simulator;

import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.SharedLinks;

/** Finds what disturbances mean. Stateless. */
final class Disturbances {
    private Disturbances() {}

    /** Those of these GPUs or their nodes. */
    static List<Disturbance> of(List<Disturbance> all, Cluster cluster, int[] gpus) {
        return all.stream().filter(d -> concerns(d, cluster, gpus)).toList();
    }

    /** Announces changes of links; rejects names that the cluster does not have, and links that never come back. */
    static void announce(List<Disturbance> all, Cluster cluster, SharedLinks links, EventQueue events) {
        for (Disturbance disturbance : all) {
            int link = link(links, disturbance.target());
            if (link >= 0) {
                if (disturbance.isForever()) {
                    throw new IllegalArgumentException(
                            "link '" + disturbance.target() + "' must come back: give the time when its outage ends");
                }
                events.add(disturbance.fromSeconds(), EventKind.LINK_CHANGE, 0, link);
                if (disturbance.untilSeconds() < Double.POSITIVE_INFINITY) {
                    events.add(disturbance.untilSeconds(), EventKind.LINK_CHANGE, 0, link);
                }
            } else if (!isHardware(cluster, disturbance.target())) {
                throw new IllegalArgumentException(
                        "'" + disturbance.target() + "' is no GPU, node or link of cluster '" + cluster.name() + "'");
            }
        }
    }

    /** What is left of a link's speed. */
    static double speed(List<Disturbance> all, String link, double now) {
        return all.stream()
                .filter(d -> d.target().equals(link) && d.covers(now))
                .mapToDouble(Disturbance::speed)
                .min()
                .orElse(1);
    }

    private static boolean concerns(Disturbance disturbance, Cluster cluster, int[] gpus) {
        for (int gpu : gpus) {
            String node = cluster.node(cluster.nodeOf(gpu)).id();
            if (disturbance.target().equals(cluster.gpuName(gpu))
                    || disturbance.target().equals(node)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHardware(Cluster cluster, String target) {
        if (cluster.findGpu(target).isPresent()) {
            return true;
        }
        for (int i = 0; i < cluster.nodeCount(); i++) {
            if (cluster.node(i).id().equals(target)) {
                return true;
            }
        }
        return false;
    }

    private static int link(SharedLinks links, String target) {
        for (int i = 0; i < links.count(); i++) {
            if (links.id(i).equals(target)) {
                return i;
            }
        }
        return -1;
    }
}
