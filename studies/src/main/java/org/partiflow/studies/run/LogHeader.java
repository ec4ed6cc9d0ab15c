package org.partiflow.studies.run;

import org.partiflow.studies.study.Study;

/**
 * First line of a log: what its cells belong to.
 *
 * @param study name of the study
 * @param sha256 digest of the study and its inputs
 * @param cells number of cells of the study
 * @param from first cell of this log
 * @param to one past its last cell
 */
public record LogHeader(String study, String sha256, long cells, long from, long to) {
    /** Version of the log's format. */
    public static final String FORMAT = "study-log/1";

    /** The header of a shard. */
    static LogHeader of(Study study, Shard shard) {
        long cells = study.size();
        return new LogHeader(study.name(), study.sha256(), cells, shard.from(cells), shard.to(cells));
    }
}
