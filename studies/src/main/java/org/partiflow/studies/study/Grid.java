package org.partiflow.studies.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A full cross product of values. Immutable; holds no cells.
 *
 * @param name unique in the study
 * @param values the values of each axis, in the order of {@link Axis}; none empty, none twice
 */
public record Grid(String name, List<List<String>> values) {
    /** Rejects missing or repeated values. */
    public Grid {
        values = values.stream().map(List::copyOf).toList();
        for (Axis axis : Axis.values()) {
            List<String> own = values.get(axis.position());
            if (own.isEmpty()) {
                throw new IllegalArgumentException("grid '" + name + "' has no " + axis.plural());
            }
            if (own.stream().distinct().count() < own.size()) {
                throw new IllegalArgumentException("grid '" + name + "' names one of its " + axis.plural() + " twice");
            }
        }
    }

    /** The values of an axis. */
    public List<String> of(Axis axis) {
        return values.get(axis.position());
    }

    /** Number of cells. */
    public long size() {
        long size = 1;
        for (List<String> own : values) {
            size = Math.multiplyExact(size, own.size());
        }
        return size;
    }

    /** The cell at a position within this grid. */
    Cell cell(long position, long index) {
        String[] chosen = new String[values.size()];
        long rest = position;
        for (int axis = chosen.length - 1; axis >= 0; axis--) {
            List<String> own = values.get(axis);
            chosen[axis] = own.get((int) (rest % own.size()));
            rest /= own.size();
        }
        return new Cell(index, name, Arrays.asList(chosen));
    }

    /** Axes with more than one value. */
    public List<Axis> varied() {
        List<Axis> varied = new ArrayList<>();
        for (Axis axis : Axis.values()) {
            if (of(axis).size() > 1) {
                varied.add(axis);
            }
        }
        return varied;
    }
}
