package org.partiflow.io.internal.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.partiflow.api.cluster.GpuType;

/**
 * GPU types by name and alias. Case, hyphens, underscores and blanks do not matter, nor does a leading vendor name, so
 * that product names of GPU feature discovery and the spellings of measured files are understood. Immutable.
 */
public final class GpuTable {
    private final Map<String, GpuType> byKey;
    private final List<GpuType> types;

    private GpuTable(Map<String, GpuType> byKey, List<GpuType> types) {
        this.byKey = byKey;
        this.types = List.copyOf(types);
    }

    /** A table of these entries; the first to claim a name or an alias has it. */
    public static GpuTable of(List<GpuEntry> entries) {
        Map<String, GpuType> byKey = new LinkedHashMap<>();
        entries.forEach(e -> byKey.putIfAbsent(key(e.type().name()), e.type()));
        entries.forEach(e -> e.aliases().forEach(alias -> byKey.putIfAbsent(key(alias), e.type())));
        return new GpuTable(byKey, entries.stream().map(GpuEntry::type).toList());
    }

    /** This table with entries added; they win over entries of the same name. */
    public GpuTable with(List<GpuEntry> entries) {
        GpuTable added = of(entries);
        Map<String, GpuType> merged = new LinkedHashMap<>(added.byKey);
        byKey.forEach(merged::putIfAbsent);
        List<GpuType> all = new ArrayList<>(added.types);
        types.stream().filter(t -> !added.byKey.containsKey(key(t.name()))).forEach(all::add);
        return new GpuTable(merged, all);
    }

    /** The type of this name or alias. */
    public Optional<GpuType> find(String name) {
        return Optional.ofNullable(byKey.get(key(name)));
    }

    /** All types, in the order of the file. */
    public List<GpuType> types() {
        return types;
    }

    /** The names of all types. */
    public List<String> names() {
        return types.stream().map(GpuType::name).toList();
    }

    static String key(String name) {
        String bare = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String unbranded = bare.replaceFirst("^(nvidia|geforce)+", "");
        // GPU feature discovery marks time-sliced GPUs this way; the hardware is the same.
        return unbranded.replaceFirst("shared$", "");
    }
}
