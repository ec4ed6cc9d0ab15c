package org.partiflow.interop.imports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Sections of keys and values, as Python's configparser reads them; and products of numbers and units. */
final class IniSource {
    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("kbps", 1e3),
            Map.entry("mbps", 1e6),
            Map.entry("gbps", 1e9),
            Map.entry("Byte", 1.0),
            Map.entry("KB", 1e3),
            Map.entry("MB", 1e6),
            Map.entry("GB", 1e9),
            Map.entry("Sec", 1.0),
            Map.entry("MilliSec", 1e-3));

    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    IniSource(ImportSource source) {
        Map<String, String> section = null;
        int number = 0;
        for (String raw : source.text().lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                String name = line.substring(1, line.length() - 1);
                section = new LinkedHashMap<>();
                if (sections.put(name, section) != null) {
                    throw JsonSources.invalid(source, "line " + number, "section '" + name + "' stands twice");
                }
            } else {
                int equals = line.indexOf('=');
                if (equals < 1 || section == null) {
                    throw JsonSources.invalid(source, "line " + number, "is no [section] and no 'key = value'");
                }
                section.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
    }

    Map<String, Map<String, String>> sections() {
        return sections;
    }

    @Nullable
    String value(String section, String key) {
        return sections.getOrDefault(section, Map.of()).get(key);
    }

    /** A product such as {@code 10 * gbps}; empty if it is none, or not above zero. Bit rates here mean bytes per second. */
    static OptionalDouble product(@Nullable String text) {
        double result = 1;
        for (String factor : (text == null ? "" : text).split("\\*", -1)) {
            String trimmed = factor.strip();
            Double unit = UNITS.get(trimmed);
            if (unit == null && !trimmed.matches("[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]{1,3})?")) {
                return OptionalDouble.empty();
            }
            result *= unit == null ? Double.parseDouble(trimmed) : unit;
        }
        return result > 0 && result <= JsonSources.LARGEST ? OptionalDouble.of(result) : OptionalDouble.empty();
    }
}
