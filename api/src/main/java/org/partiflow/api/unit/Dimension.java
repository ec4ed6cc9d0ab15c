package org.partiflow.api.unit;

import java.util.LinkedHashMap;
import java.util.Map;

/** A physical dimension and the unit symbols in which a quantity of it may be written. SI base unit: factor 1. */
public enum Dimension {
    /** Amount of data; base unit: byte. */
    DATA("a data size such as '80 GB' or '80 GiB'", dataUnits()),
    /** Data rate; base unit: byte per second. */
    BANDWIDTH("a bandwidth such as '300 GB/s' or '100 Gbit/s'", rateUnits()),
    /** Time; base unit: second. */
    TIME("a time such as '20 us' or '2 s'", timeUnits()),
    /** Compute rate; base unit: floating-point operation per second. */
    COMPUTE("a compute rate such as '312 TFLOP/s'", computeUnits()),
    /** Money; base unit: US dollar. */
    MONEY("an amount such as '3.69 USD'", Map.of("USD", 1.0)),
    /** Event rate; base unit: one per second. */
    RATE("a rate such as '5 /s'", Map.of("/s", 1.0, "1/s", 1.0, "req/s", 1.0, "/min", 1.0 / 60, "/h", 1.0 / 3600));

    private final String example;
    private final Map<String, Double> units;

    Dimension(String example, Map<String, Double> units) {
        this.example = example;
        this.units = units;
    }

    /** What a value of this dimension looks like, for messages. */
    public String example() {
        return example;
    }

    /** Unit symbol to factor that converts to the base unit. */
    Map<String, Double> units() {
        return units;
    }

    private static Map<String, Double> dataUnits() {
        Map<String, Double> units = new LinkedHashMap<>();
        units.put("B", 1.0);
        String[] prefixes = {"k", "M", "G", "T", "P"};
        double decimal = 1;
        double binary = 1;
        for (String prefix : prefixes) {
            decimal *= 1000;
            binary *= 1024;
            units.put(prefix + "B", decimal);
            units.put(prefix.toUpperCase(java.util.Locale.ROOT) + "iB", binary);
        }
        units.put("KB", 1000.0);
        units.put("kiB", 1024.0);
        return units;
    }

    private static Map<String, Double> rateUnits() {
        Map<String, Double> units = new LinkedHashMap<>();
        dataUnits().forEach((symbol, factor) -> units.put(symbol + "/s", factor));
        double factor = 1.0 / 8;
        for (String prefix : new String[] {"", "k", "M", "G", "T"}) {
            units.put(prefix + "bit/s", factor);
            factor *= 1000;
        }
        return units;
    }

    private static Map<String, Double> timeUnits() {
        Map<String, Double> units = new LinkedHashMap<>();
        units.put("ns", 1e-9);
        units.put("us", 1e-6);
        units.put("µs", 1e-6);
        units.put("ms", 1e-3);
        units.put("s", 1.0);
        units.put("min", 60.0);
        units.put("h", 3600.0);
        return units;
    }

    private static Map<String, Double> computeUnits() {
        Map<String, Double> units = new LinkedHashMap<>();
        double factor = 1;
        for (String prefix : new String[] {"", "k", "M", "G", "T", "P", "E"}) {
            units.put(prefix + "FLOP/s", factor);
            factor *= 1000;
        }
        return units;
    }
}
