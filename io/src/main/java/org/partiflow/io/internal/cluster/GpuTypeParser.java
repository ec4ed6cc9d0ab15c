package org.partiflow.io.internal.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;
import org.partiflow.api.unit.Dimension;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.Sign;

/** Reads lists of GPU types: the catalogue and {@code gpuTypes} of a cluster. Stateless. */
public final class GpuTypeParser {
    private static final double MAX_MEMORY_BYTES = 8e12;
    private static final double MAX_RATE = 1e18;
    private static final double MAX_FLOP = 1e20;
    static final double MAX_PRICE = 1e6;

    private GpuTypeParser() {}

    /** Reads the list of types in {@code field}. */
    public static List<GpuEntry> parse(FieldReader root, String field, String defaultSource) {
        List<GpuEntry> entries = new ArrayList<>();
        Map<String, String> taken = new LinkedHashMap<>();
        for (FieldReader fields : root.objects(field)) {
            String name = fields.text("name");
            String previous = taken.putIfAbsent(GpuTable.key(name), fields.path());
            if (previous != null) {
                fields.problem("name", "GPU type '" + name + "' is already defined at " + previous + "; keep one");
            }
            GpuEntry entry = entry(fields, name, defaultSource);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static @Nullable GpuEntry entry(FieldReader fields, String name, String defaultSource) {
        double memory = fields.quantity("memory", Dimension.DATA, Sign.POSITIVE, MAX_MEMORY_BYTES);
        double bandwidth = fields.quantity("memoryBandwidth", Dimension.BANDWIDTH, Sign.POSITIVE, MAX_RATE);
        double fp16 = fields.quantity("fp16", Dimension.COMPUTE, Sign.POSITIVE, MAX_FLOP);
        Optional<Double> fp8 = fields.findQuantity("fp8", Dimension.COMPUTE, Sign.NOT_NEGATIVE, MAX_FLOP);
        Optional<Double> price = fields.findQuantity("pricePerHour", Dimension.MONEY, Sign.NOT_NEGATIVE, MAX_PRICE);
        List<String> aliases = fields.texts("aliases");
        String source = fields.text("source", defaultSource);
        return fields.build(() -> new GpuEntry(
                new GpuType(
                        name,
                        new DataSize(Math.round(memory)),
                        new Bandwidth(bandwidth),
                        new ComputeRate(fp16),
                        new ComputeRate(fp8.orElse(0.0)),
                        price.orElse(0.0),
                        source),
                aliases));
    }
}
