package org.partiflow.studies.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.studies.cell.CellResult;
import org.partiflow.studies.study.Cell;

/** The cells of one grid, problem and seed: all variants. Not thread-safe. */
final class Slice {
    private final List<Cell> cells = new ArrayList<>();
    private final Map<List<String>, CellResult> results = new HashMap<>();
    private @Nullable Cell first;

    /** Whether a cell belongs with those that are here. */
    boolean takes(Cell cell) {
        return first == null
                || (first.grid().equals(cell.grid())
                        && first.block().equals(cell.block())
                        && first.seed() == cell.seed());
    }

    void add(Cell cell, CellResult result) {
        if (first == null) {
            first = cell;
        }
        cells.add(cell);
        results.put(cell.values(), result);
    }

    List<Cell> cells() {
        return cells;
    }

    CellResult result(Cell cell) {
        return results.getOrDefault(
                cell.values(), CellResult.without(cell.index(), CellResult.Status.FAILED, "is missing"));
    }

    Optional<CellResult> find(List<String> values) {
        return Optional.ofNullable(results.get(values));
    }

    void clear() {
        cells.clear();
        results.clear();
        first = null;
    }
}
