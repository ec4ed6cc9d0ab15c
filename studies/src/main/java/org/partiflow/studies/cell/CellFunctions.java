package org.partiflow.studies.cell;

import java.util.function.LongSupplier;
import org.partiflow.studies.study.Study;

/** Makes the function of a study. Stateless. */
public final class CellFunctions {
    private CellFunctions() {}

    /**
     * The function of a study.
     *
     * @param nanoTime a clock for wall-clock metrics, such as {@code System::nanoTime}
     */
    public static CellFunction of(Study study, LongSupplier nanoTime) {
        return study.kind() == Study.Kind.SYNTHETIC ? new SyntheticCells(study) : new PlanningCells(study, nanoTime);
    }
}
