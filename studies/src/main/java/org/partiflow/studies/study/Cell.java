package org.partiflow.studies.study;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One point of a study: all that its result depends on, beside the study's settings. Immutable and serialisable.
 *
 * @param index number of the cell, from 0, which every figure of a report refers to
 * @param grid name of its grid
 * @param values one value per axis, in the order of {@link Axis}
 */
public record Cell(long index, String grid, List<String> values) implements Serializable {
    private static final int AXES = Axis.values().length;

    /** Rejects a wrong number of values. */
    public Cell {
        values = List.copyOf(values);
        if (values.size() != AXES) {
            throw new IllegalArgumentException("a cell has " + AXES + " values, got " + values.size());
        }
    }

    /** Its value on an axis. */
    public String get(Axis axis) {
        return values.get(axis.position());
    }

    /** Its seed. */
    public long seed() {
        return Long.parseLong(get(Axis.SEED));
    }

    /** The values with some replaced. */
    public List<String> with(Map<Axis, String> replaced) {
        List<String> changed = new ArrayList<>(values);
        replaced.forEach((axis, value) -> changed.set(axis.position(), value));
        return List.copyOf(changed);
    }

    /** The same cell with some values replaced; its index is kept. */
    public Cell replaced(Map<Axis, String> by) {
        return new Cell(index, grid, with(by));
    }

    /** Cluster, model and workload. */
    public List<String> block() {
        return values.subList(0, Axis.SEED.position());
    }

    /** Planner, partitioner and so on. */
    public List<String> variant() {
        return values.subList(Axis.SEED.position() + 1, AXES);
    }
}
