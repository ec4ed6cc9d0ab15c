package org.partiflow.interop.imports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.unit.Bandwidth;
import org.w3c.dom.Element;

/**
 * What NCCL writes to {@code NCCL_TOPO_DUMP_FILE}, one file per machine: GPUs, NVLink counts, PCI Express speeds, network
 * ports. The GPU type is not in it, only its generation: it comes from an option. Stateless and thread-safe.
 */
public final class NcclTopologyImporter implements ClusterImporter {
    private static final Pattern SPEED = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?) GT/s.*");
    private static final double MEGABITS = 1.25e5;

    /** NVLink's usable rate per link, one way, by GPU generation, as NCCL's own tables have it. */
    private static final Map<Integer, Double> NVLINK_GIGABYTES =
            Map.of(60, 18.0, 70, 20.0, 80, 20.0, 86, 12.0, 90, 20.6, 100, 40.1);

    private static final int DEFAULT_GENERATION = 80;

    @Override
    public String format() {
        return "nccl";
    }

    @Override
    public String description() {
        return "NCCL's topology file (NCCL_TOPO_DUMP_FILE), one per machine; needs --gpu";
    }

    @Override
    public ImportedCluster read(List<ImportSource> sources, ImportOptions options) {
        ImportSession session = new ImportSession(sources.get(0).name(), options);
        for (ImportSource source : sources) {
            machine(session, source);
        }
        return session.finish();
    }

    private static void machine(ImportSession session, ImportSource source) {
        Element root = XmlSource.root(source);
        if (!root.getTagName().equals("system")) {
            session.problem(source, root.getTagName(), "is not the root of a topology; expected 'system'");
            return;
        }
        Found found = new Found(session, source);
        for (Element cpu : XmlSource.children(root, "cpu")) {
            XmlSource.children(cpu, "pci").forEach(found::pci);
        }
        for (String misplaced : List.of("gpu", "nic", "pci")) {
            XmlSource.children(root, misplaced)
                    .forEach(e -> session.problem(source, XmlSource.path(e), "must stand below a cpu"));
        }
        if (found.gpus.isEmpty()) {
            session.problem(source, "system", "has no gpu below cpu/pci");
            return;
        }
        GpuType gpu = session.gpu("", null);
        Nic nic = session.nic("system", found.network > 0 ? new Bandwidth(found.network) : null);
        if (gpu != null && nic != null) {
            Link link = session.intraNode(gpu, found.link());
            session.add(new Node(
                    source.stem(), gpu, found.gpus.size(), session.zone(null), link, nic, gpu.pricePerHourUsd()));
            session.assume("prices are those of the catalogue");
        }
    }

    /** What is found in one file. */
    private static final class Found {
        final List<Element> gpus = new ArrayList<>();
        final Map<String, Double> ports = new HashMap<>();
        private final ImportSession session;
        private final ImportSource source;
        double network;
        private double slowestPcie = Double.POSITIVE_INFINITY;

        Found(ImportSession session, ImportSource source) {
            this.session = session;
            this.source = source;
        }

        void pci(Element pci) {
            XmlSource.children(pci, "pci").forEach(this::pci);
            for (Element gpu : XmlSource.children(pci, "gpu")) {
                gpus.add(gpu);
                slowestPcie = Math.min(slowestPcie, pcieBytesPerSecond(pci));
            }
            for (Element nic : XmlSource.children(pci, "nic")) {
                XmlSource.children(nic, "net").forEach(this::net);
            }
        }

        private void net(Element net) {
            String speed = net.getAttribute("speed");
            if (!speed.matches("[0-9]{1,9}")) {
                session.problem(source, XmlSource.path(net), "has the speed '" + speed + "'; expected Mbit/s");
                return;
            }
            // Several functions of one port carry the same guid; each port counts once.
            String port = net.getAttribute("guid") + "/" + net.getAttribute("port") + "/"
                    + (net.hasAttribute("guid") ? "" : net.getAttribute("name"));
            if (ports.put(port, Double.parseDouble(speed)) == null) {
                network += Double.parseDouble(speed) * MEGABITS;
            }
        }

        /** Lanes times transfer rate; generations from 3 on lose about one bit in 65 to the encoding. */
        private double pcieBytesPerSecond(Element pci) {
            Matcher speed = SPEED.matcher(pci.getAttribute("link_speed"));
            String width = pci.getAttribute("link_width");
            if (!speed.matches() || !width.matches("[0-9]{1,2}")) {
                session.problem(
                        source,
                        XmlSource.path(pci),
                        "has the link '" + pci.getAttribute("link_speed") + "' x '" + width
                                + "'; expected such as '32.0 GT/s PCIe' and '16'");
                return Double.POSITIVE_INFINITY;
            }
            return Double.parseDouble(speed.group(1)) * 1e9 / 8 * Integer.parseInt(width) * 128 / 130;
        }

        /** The weakest pair's connection: NVLink where every GPU has some, else PCI Express. */
        @Nullable
        Link link() {
            if (gpus.size() == 1) {
                return null;
            }
            double slowest = Double.POSITIVE_INFINITY;
            boolean switched = true;
            for (Element gpu : gpus) {
                double lanes = 0;
                for (Element nvlink : XmlSource.children(gpu, "nvlink")) {
                    String count = nvlink.getAttribute("count");
                    lanes += count.matches("[0-9]{1,3}") ? Double.parseDouble(count) : 0;
                    switched &= nvlink.getAttribute("tclass").startsWith("0x068");
                }
                String generation = gpu.getAttribute("sm");
                int sm = generation.matches("[0-9]{2,3}") ? Integer.parseInt(generation) : DEFAULT_GENERATION;
                slowest = Math.min(slowest, lanes * NVLINK_GIGABYTES.getOrDefault(sm, perLink(sm)));
            }
            // Without a switch, links to some of the others only do not connect every pair.
            if (slowest > 0 && (switched || gpus.size() == 2)) {
                LinkKind kind = switched ? LinkKind.NVSWITCH : LinkKind.NVLINK;
                return new Link(kind, Bandwidth.ofGigabytesPerSecond(slowest), Duration.ofNanos(3_000));
            }
            if (slowest > 0) {
                session.assume(
                        "NVLink without a switch connects some pairs of GPUs only; PCI Express is taken for all");
            }
            return slowestPcie < Double.POSITIVE_INFINITY
                    ? new Link(LinkKind.PCIE, new Bandwidth(slowestPcie), Duration.ofNanos(8_000))
                    : null;
        }

        private static double perLink(int sm) {
            return sm >= 100 ? 40.1 : sm >= 90 ? 20.6 : 20.0;
        }
    }
}
