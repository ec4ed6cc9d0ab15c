package org.partiflow.interop.imports;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.Catalogue;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.ClusterWriter;
import org.partiflow.io.FileProblem;
import org.partiflow.io.InvalidFileException;
import org.partiflow.io.Loaded;

/** One import: collects problems, assumptions and nodes, and fills in what the source left out. Not thread-safe. */
final class ImportSession {
    private static final Duration NIC_LATENCY = Duration.ofNanos(10_000);
    private static final Duration ZONE_LATENCY = Duration.ofNanos(1_000_000);
    private static final int MOST_PROBLEMS = 100;
    private static final int MOST_GPUS = 1_000_000;

    private final String file;
    private final ImportOptions options;
    private final List<FileProblem> problems = new ArrayList<>();
    private final Set<String> assumptions = new LinkedHashSet<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<NodeLink> links = new ArrayList<>();
    private long gpus;

    ImportSession(String file, ImportOptions options) {
        this.file = file;
        this.options = options;
    }

    void problem(String place, String message) {
        problem(new FileProblem(file, place, message));
    }

    void problem(ImportSource source, String place, String message) {
        problem(new FileProblem(source.name(), place, message));
    }

    private void problem(FileProblem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        } else if (problems.size() == MOST_PROBLEMS) {
            problems.add(new FileProblem(
                    problem.file(), "", "has more problems; only the first " + MOST_PROBLEMS + " are listed"));
        }
    }

    void assume(String sentence) {
        assumptions.add(sentence);
    }

    ImportOptions options() {
        return options;
    }

    void add(Node node) {
        boolean fitted = gpus <= MOST_GPUS;
        gpus += node.count();
        if (gpus <= MOST_GPUS) {
            nodes.add(node);
        } else if (fitted) {
            problem("", "describes more than " + MOST_GPUS + " GPUs; split it");
        }
    }

    void add(NodeLink link) {
        links.add(link);
    }

    List<Node> nodes() {
        return nodes;
    }

    /** The GPU type of a name in the source; {@code null} after a problem was added. An option wins. */
    @Nullable
    GpuType gpu(String place, @Nullable String named) {
        String name = options.gpu() != null ? options.gpu() : named;
        if (name == null) {
            problem(place, "does not tell the GPU type; name it with --gpu ('partiflow list gpus')");
            return null;
        }
        Optional<GpuType> found = Catalogue.findGpuType(name);
        if (found.isEmpty()) {
            problem(place, "no GPU type is named '" + name + "'; name one with --gpu ('partiflow list gpus')");
        }
        return found.orElse(null);
    }

    /** The connection inside a node: as the source or an option says, else what is usual for the GPU. */
    Link intraNode(GpuType gpu, @Nullable Link told) {
        if (options.intraNode() != null) {
            return options.intraNode();
        }
        if (told != null) {
            return told;
        }
        Link usual = UsualLinks.of(gpu.name());
        assume("GPUs " + gpu.name() + " of a node are connected by " + UsualLinks.words(usual)
                + ", as is usual for them (--intra says otherwise)");
        return usual;
    }

    /** The network interface of a node; a problem if neither the source nor an option tells its bandwidth. */
    @Nullable
    Nic nic(String place, @Nullable Bandwidth told) {
        Bandwidth bandwidth = options.nic() != null ? options.nic() : told;
        if (bandwidth == null) {
            problem(place, "does not tell the network bandwidth of a node; give it, for example --nic '100 Gbit/s'");
            return null;
        }
        if (options.nicLatency() == null) {
            assume("network interfaces add 10 us (--nic-latency says otherwise)");
        }
        return new Nic(bandwidth, options.nicLatency() == null ? NIC_LATENCY : options.nicLatency());
    }

    String zone(@Nullable String told) {
        return options.zone() != null ? options.zone() : told == null || told.isBlank() ? "default" : told;
    }

    ImportedCluster finish() {
        return finish(null);
    }

    /** The cluster, or everything that is wrong. */
    ImportedCluster finish(@Nullable Workload workload) {
        if (problems.isEmpty() && nodes.isEmpty()) {
            problem("", "has no node with GPUs");
        }
        if (!problems.isEmpty()) {
            throw new InvalidFileException(problems);
        }
        String name = options.name() != null ? options.name() : new ImportSource(file, new byte[0]).stem();
        try {
            Cluster cluster = new Cluster(name, nodes, new Fabric(Duration.ZERO, zoneLinks()), links);
            requireReadable(cluster);
            return new ImportedCluster(cluster, Optional.ofNullable(workload), List.copyOf(assumptions));
        } catch (IllegalArgumentException e) {
            problem("", e.getMessage() == null ? "is no valid cluster" : e.getMessage());
            throw new InvalidFileException(problems);
        }
    }

    /** What is out of the range of our own format was out of range in the source. */
    private void requireReadable(Cluster cluster) {
        Validation<Seq<FileProblem>, Loaded<Cluster>> read =
                new ClusterReader().read("imported.yaml", new ClusterWriter().toBytes(cluster));
        if (read.isInvalid()) {
            read.getError()
                    .forEach(p -> problem(
                            "",
                            "makes no valid cluster: " + p.path() + (p.path().isEmpty() ? "" : ": ") + p.message()));
            throw new InvalidFileException(problems);
        }
    }

    private List<ZoneLink> zoneLinks() {
        List<String> zones = nodes.stream().map(Node::zone).distinct().sorted().toList();
        List<ZoneLink> between = new ArrayList<>();
        if (zones.size() > 1 && options.zoneLink() == null) {
            assume("zones " + String.join(", ", zones) + " are not connected (--zone-link gives a bandwidth)");
        }
        for (int i = 0; options.zoneLink() != null && i < zones.size(); i++) {
            for (int j = i + 1; j < zones.size(); j++) {
                between.add(new ZoneLink(zones.get(i), zones.get(j), options.zoneLink(), ZONE_LATENCY));
            }
        }
        if (!between.isEmpty()) {
            assume("crossing between zones takes 1 ms");
        }
        return between;
    }
}
