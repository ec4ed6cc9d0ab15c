package org.partiflow.interop.imports;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.unit.Bandwidth;

/**
 * What connects the GPUs of one machine where nothing else is known: nominal one-way rates of NVLink as the GPU's
 * datasheet gives them, else of the PCI Express generation with 16 lanes. Stateless.
 */
public final class UsualLinks {
    private static final Map<String, Double> NVSWITCH = new TreeMap<>(Map.ofEntries(
            Map.entry("V100-SXM-16GB", 150.0),
            Map.entry("V100-SXM-32GB", 150.0),
            Map.entry("A100-SXM-40GB", 300.0),
            Map.entry("A100-SXM-80GB", 300.0),
            Map.entry("A800-SXM-80GB", 200.0),
            Map.entry("H100-SXM-80GB", 450.0),
            Map.entry("H800-SXM-80GB", 200.0),
            Map.entry("H20", 450.0),
            Map.entry("H200-SXM-141GB", 450.0),
            Map.entry("B200-SXM-180GB", 900.0),
            Map.entry("GB200", 900.0),
            Map.entry("B300-SXM-270GB", 900.0),
            Map.entry("GB300", 900.0)));

    private static final Map<String, Double> NVLINK_LANE = new TreeMap<>(Map.ofEntries(
            Map.entry("V100", 25.0),
            Map.entry("A100", 25.0),
            Map.entry("A800", 25.0),
            Map.entry("A40", 14.0),
            Map.entry("A6000", 14.0),
            Map.entry("RTX3090", 14.0),
            Map.entry("H100", 25.0),
            Map.entry("H800", 25.0),
            Map.entry("H20", 25.0),
            Map.entry("GH200", 25.0),
            Map.entry("B200", 50.0),
            Map.entry("GB200", 50.0),
            Map.entry("B300", 50.0),
            Map.entry("GB300", 50.0)));

    private static final Map<String, Double> PCIE = new TreeMap<>(Map.ofEntries(
            Map.entry("T4", 16.0),
            Map.entry("V100", 16.0),
            Map.entry("RTX5090", 64.0),
            Map.entry("RTX-PRO-6000", 64.0),
            Map.entry("H100-PCIe-80GB", 64.0),
            Map.entry("H100-NVL-94GB", 64.0)));

    private UsualLinks() {}

    /** The usual connection of two GPUs of a machine; {@code gpu} is a name of the catalogue. */
    public static Link of(String gpu) {
        Double nvswitch = NVSWITCH.get(gpu);
        return nvswitch != null
                ? new Link(LinkKind.NVSWITCH, Bandwidth.ofGigabytesPerSecond(nvswitch), Duration.ofNanos(3_000))
                : pcie(gpu);
    }

    /** PCI Express of the GPU's generation. */
    static Link pcie(String gpu) {
        double rate = longestPrefix(PCIE, gpu, 32.0);
        return new Link(LinkKind.PCIE, Bandwidth.ofGigabytesPerSecond(rate), Duration.ofNanos(8_000));
    }

    /** NVLink of so many lanes. */
    static Link nvlink(String gpu, int lanes, LinkKind kind) {
        double rate = lanes * longestPrefix(NVLINK_LANE, gpu, 25.0);
        return new Link(kind, Bandwidth.ofGigabytesPerSecond(rate), Duration.ofNanos(3_000));
    }

    /** A link in words. */
    static String words(Link link) {
        return String.format(Locale.ROOT, "%s at %.4g GB/s", link.kind(), link.bytesPerSecond() / 1e9);
    }

    private static double longestPrefix(Map<String, Double> table, String gpu, double otherwise) {
        return table.entrySet().stream()
                .filter(entry -> gpu.startsWith(entry.getKey()))
                .max(Map.Entry.comparingByKey(java.util.Comparator.comparingInt(String::length)))
                .map(Map.Entry::getValue)
                .orElse(otherwise);
    }
}
