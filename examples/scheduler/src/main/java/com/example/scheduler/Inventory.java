package com.example.scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.io.Catalogue;

/** What a scheduler knows of its machines, as a cluster. */
final class Inventory {
    private static final Link NVSWITCH =
            new Link(LinkKind.NVSWITCH, Bandwidth.ofGigabytesPerSecond(300), Duration.ofNanos(3_000));
    private static final Link PCIE =
            new Link(LinkKind.PCIE, Bandwidth.ofGigabytesPerSecond(32), Duration.ofNanos(8_000));
    private static final Nic NIC = new Nic(Bandwidth.ofGigabitsPerSecond(100), Duration.ofNanos(10_000));

    private Inventory() {}

    /** So many racks, each with a machine of eight A100 and one of eight L40S. */
    static Cluster racks(int racks) {
        List<Node> nodes = new ArrayList<>();
        for (int rack = 0; rack < racks; rack++) {
            nodes.add(node("rack" + rack + "-a100", "A100-SXM-80GB", NVSWITCH));
            nodes.add(node("rack" + rack + "-l40s", "L40S", PCIE));
        }
        return new Cluster("racks", nodes, Fabric.NIC_ONLY, List.of());
    }

    private static Node node(String id, String gpu, Link link) {
        GpuType type = Catalogue.findGpuType(gpu).orElseThrow();
        return new Node(id, type, 8, "hall", link, NIC, type.pricePerHourUsd());
    }
}
