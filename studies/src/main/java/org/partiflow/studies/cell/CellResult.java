package org.partiflow.studies.cell;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a cell gave. Immutable and serialisable.
 *
 * @param index the cell
 * @param status how it ended
 * @param reason why it did not end well; empty if it did
 * @param values metrics by name, in the order in which they were taken; those without a value are left out
 */
public record CellResult(long index, Status status, String reason, Map<String, Double> values) implements Serializable {
    /** How a cell ended. */
    public enum Status {
        /** With values. */
        DONE,
        /** There is no plan for it. */
        INFEASIBLE,
        /** Something it needs is not there or does not work. */
        FAILED
    }

    /** Copies the map, keeping its order. */
    public CellResult {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A cell with values. */
    public static CellResult done(long index, Map<String, Double> values) {
        return new CellResult(index, Status.DONE, "", values);
    }

    /** A cell without. */
    public static CellResult without(long index, Status status, String reason) {
        return new CellResult(index, status, reason, Map.of());
    }

    /** A metric's value; NaN without one. */
    public double value(String metric) {
        return values.getOrDefault(metric, Double.NaN);
    }
}
