package org.partiflow.interop.imports;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.io.Catalogue;

/**
 * Helix's cluster file and machine profiles, two INI files in either order. Machine types such as {@code T4x2} are two GPUs
 * of a node. Each link between two machines becomes an exception by node pair, unless it is what the network interfaces
 * give anyway; links to Helix's coordinator carry no cache and are left out. Stateless and thread-safe.
 */
public final class HelixImporter implements ClusterImporter {
    private static final Pattern LINK = Pattern.compile("Link-([0-9]{1,6})-([0-9]{1,6})");
    private static final Pattern TYPE = Pattern.compile("(.+?)(?:x([1-9][0-9]?))?");

    @Override
    public String format() {
        return "helix";
    }

    @Override
    public String description() {
        return "Helix's cluster INI and machine profile INI (two files)";
    }

    @Override
    public ImportedCluster read(List<ImportSource> sources, ImportOptions options) {
        ImportSession session = new ImportSession(sources.get(0).name(), options);
        IniSource cluster = null;
        ImportSource clusterFile = sources.get(0);
        Map<String, IniSource> profiles = new LinkedHashMap<>();
        for (ImportSource source : sources) {
            IniSource ini = new IniSource(source);
            if (ini.sections().containsKey("NodeNames")) {
                cluster = ini;
                clusterFile = source;
            } else {
                ini.sections().keySet().forEach(type -> profiles.put(type, ini));
            }
        }
        if (cluster == null) {
            session.problem("", "no file has a section [NodeNames]; give Helix's cluster file as well");
        } else {
            new Reader(session, clusterFile, cluster, profiles).read();
        }
        return session.finish();
    }

    /** One import with both files at hand. */
    private static final class Reader {
        private final ImportSession session;
        private final ImportSource file;
        private final IniSource cluster;
        private final Map<String, IniSource> profiles;
        private final Map<Integer, Node> nodes = new TreeMap<>();

        Reader(ImportSession session, ImportSource file, IniSource cluster, Map<String, IniSource> profiles) {
            this.session = session;
            this.file = file;
            this.cluster = cluster;
            this.profiles = profiles;
        }

        void read() {
            String total = cluster.value("NodeNames", "total_compute_nodes");
            if (total == null || !total.matches("[1-9][0-9]{0,5}")) {
                session.problem(file, "NodeNames", "total_compute_nodes is '" + total + "'; expected a number");
                return;
            }
            for (int i = 0; i < Integer.parseInt(total); i++) {
                node(i);
            }
            nodes.values().forEach(session::add);
            cluster.sections().keySet().forEach(this::link);
            session.assume("prices are those of the catalogue");
        }

        private void node(int index) {
            String section = "ComputeNode-" + index;
            String type = cluster.value(section, "type");
            if (type == null) {
                session.problem(file, section, "has no type");
                return;
            }
            GpuType whole = session.options().gpu() == null
                    ? Catalogue.findGpuType(type).orElse(null)
                    : null;
            Matcher parts = TYPE.matcher(type);
            boolean split = whole == null && parts.matches();
            GpuType gpu = whole != null ? whole : session.gpu(section, split ? parts.group(1) : type);
            Nic nic = nic(section, type);
            if (gpu == null || nic == null) {
                return;
            }
            int count = split && parts.group(2) != null ? Integer.parseInt(parts.group(2)) : 1;
            if (session.options().gpusPerNode() != null) {
                count = session.options().gpusPerNode();
            }
            nodes.put(
                    index,
                    new Node(
                            "n" + index,
                            gpu,
                            count,
                            session.zone(null),
                            session.intraNode(gpu, null),
                            nic,
                            gpu.pricePerHourUsd()));
        }

        private @Nullable Nic nic(String section, String type) {
            IniSource profile = profiles.get(type);
            if (profile == null && session.options().nic() == null) {
                session.problem(
                        file,
                        section,
                        "no file has a profile of the machine type '" + type
                                + "'; give Helix's machine profile as well, or --nic");
                return null;
            }
            OptionalDouble in = IniSource.product(profile == null ? null : profile.value(type, "inbound_nic_speed"));
            OptionalDouble out = IniSource.product(profile == null ? null : profile.value(type, "outbound_nic_speed"));
            if (session.options().nic() == null && (in.isEmpty() || out.isEmpty())) {
                session.problem(type, "inbound_nic_speed or outbound_nic_speed is no product such as '10 * gbps'");
                return null;
            }
            Bandwidth slower =
                    in.isEmpty() || out.isEmpty() ? null : new Bandwidth(Math.min(in.getAsDouble(), out.getAsDouble()));
            return session.nic(section, slower);
        }

        private void link(String section) {
            Matcher ends = LINK.matcher(section);
            if (!ends.matches()) {
                return;
            }
            Node a = nodes.get(Integer.parseInt(ends.group(1)));
            Node b = nodes.get(Integer.parseInt(ends.group(2)));
            OptionalDouble bandwidth = IniSource.product(cluster.value(section, "bandwidth"));
            OptionalDouble latency = IniSource.product(cluster.value(section, "latency"));
            if (bandwidth.isEmpty() || latency.isEmpty()) {
                session.problem(file, section, "needs bandwidth and latency as products such as '1 * gbps'");
            } else if (a == null || b == null) {
                session.problem(file, section, "names a node that is not there");
            } else if (a.equals(b)) {
                session.problem(file, section, "joins a node to itself; a link joins two nodes");
            } else {
                Duration delay = Duration.ofNanos(Math.round(latency.getAsDouble() * 1e9));
                session.add(new NodeLink(a.id(), b.id(), new Bandwidth(bandwidth.getAsDouble()), delay));
            }
        }
    }
}
