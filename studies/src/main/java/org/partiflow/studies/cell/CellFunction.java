package org.partiflow.studies.cell;

import org.partiflow.api.control.CancellationToken;
import org.partiflow.studies.study.Cell;

/**
 * Computes cells of one study. The result depends on the cell and the study only, wall-clock metrics excepted. Thread-safe;
 * may remember what cells have in common.
 */
@FunctionalInterface
public interface CellFunction {
    /**
     * Computes a cell. What goes wrong in it is its result.
     *
     * @param cancellation asks for a stop; what is returned after that is not to be used
     */
    CellResult evaluate(Cell cell, CancellationToken cancellation);
}
