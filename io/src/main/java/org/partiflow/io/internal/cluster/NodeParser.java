package org.partiflow.io.internal.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.Dimension;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.NearestName;
import org.partiflow.io.internal.tree.Sign;

/** Reads one node of a cluster. */
final class NodeParser {
    static final String DEFAULT_ZONE = "default";

    /** Stands in where a node has one GPU, and so no pair that could use it. */
    static final Link LONE_GPU = new Link(LinkKind.PCIE, Bandwidth.ofGigabytesPerSecond(32), Duration.ofNanos(5_000));

    private static final int MAX_GPUS_PER_NODE = 4096;
    private static final double MAX_BYTES_PER_SECOND = 1e18;
    private static final double MAX_LATENCY_SECONDS = 3600;
    private static final Map<String, LinkKind> KINDS = kinds();

    private final GpuTable gpus;

    NodeParser(GpuTable gpus) {
        this.gpus = gpus;
    }

    @Nullable
    Node node(FieldReader fields, String id) {
        Optional<GpuType> gpu = gpu(fields);
        int count = fields.integer("count", 1, MAX_GPUS_PER_NODE);
        String zone = fields.text("zone", DEFAULT_ZONE);
        boolean lone = count == 1 && !fields.has("intraNode");
        Link intraNode = lone ? LONE_GPU : intraNode(fields.object("intraNode"));
        Nic nic = nic(fields.object("nic"));
        Optional<Double> price =
                fields.findQuantity("pricePerGpuHour", Dimension.MONEY, Sign.NOT_NEGATIVE, GpuTypeParser.MAX_PRICE);
        if (gpu.isEmpty() || intraNode == null || nic == null) {
            fields.rejectUnknown();
            return null;
        }
        GpuType type = gpu.get();
        return fields.build(
                () -> new Node(id, type, count, zone, intraNode, nic, price.orElse(type.pricePerHourUsd())));
    }

    static Bandwidth bandwidth(FieldReader fields) {
        return new Bandwidth(
                fields.quantity("bandwidth", Dimension.BANDWIDTH, Sign.NOT_NEGATIVE, MAX_BYTES_PER_SECOND));
    }

    static Duration latency(FieldReader fields) {
        double seconds = fields.quantity("latency", Dimension.TIME, Sign.NOT_NEGATIVE, MAX_LATENCY_SECONDS);
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private Optional<GpuType> gpu(FieldReader fields) {
        boolean named = fields.has("gpu");
        String name = fields.text("gpu");
        Optional<GpuType> type = gpus.find(name);
        if (named && type.isEmpty()) {
            fields.problem(
                    "gpu",
                    () -> "unknown GPU '" + name + "'" + NearestName.suggestion(name, gpus.names()) + "; choose one of "
                            + String.join(", ", gpus.names()) + ", or define it in gpuTypes");
        }
        return type;
    }

    private static @Nullable Link intraNode(FieldReader fields) {
        Optional<LinkKind> kind = fields.choice("kind", KINDS);
        Bandwidth bandwidth = bandwidth(fields);
        Duration latency = latency(fields);
        return fields.build(() -> new Link(kind.orElseThrow(), bandwidth, latency));
    }

    private static @Nullable Nic nic(FieldReader fields) {
        Bandwidth bandwidth = bandwidth(fields);
        Duration latency = latency(fields);
        return fields.build(() -> new Nic(bandwidth, latency));
    }

    private static Map<String, LinkKind> kinds() {
        Map<String, LinkKind> kinds = new LinkedHashMap<>();
        for (LinkKind kind : LinkKind.values()) {
            if (kind != LinkKind.NETWORK) {
                kinds.put(kind.name(), kind);
            }
        }
        return kinds;
    }
}
