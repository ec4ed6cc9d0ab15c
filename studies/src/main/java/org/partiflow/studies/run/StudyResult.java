package org.partiflow.studies.run;

import java.nio.file.Path;

/**
 * Outcome of running a study. Immutable.
 *
 * @param log results, one line a cell; sorted if complete
 * @param cells cells asked for
 * @param finished cells with a result, those of earlier runs included
 * @param withoutValues finished cells that failed or have no feasible plan
 */
public record StudyResult(Path log, long cells, long finished, long withoutValues) {
    /** Whether every cell asked for has a result. */
    public boolean isComplete() {
        return finished == cells;
    }
}
