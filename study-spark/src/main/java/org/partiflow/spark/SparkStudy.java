package org.partiflow.spark;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.partiflow.studies.cell.CellResult;
import org.partiflow.studies.run.StudyLog;
import org.partiflow.studies.run.StudyResult;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;

/**
 * Runs a study on Spark: batches of cells go to the executors, their results to the same log that the local runner writes,
 * with the same bytes. Every executor reads the study from the same path, so it has to lie where all see it, and have
 * Partiflow's jars on its class path. Stateless and thread-safe.
 */
public final class SparkStudy {
    private static final int CELLS_PER_TASK = 16;

    private SparkStudy() {}

    /**
     * Runs what is left. A killed run loses the batch at hand: at most 4,096 cells.
     *
     * @param file the study
     * @param directory where results go; exists
     * @param resume go on with what is there
     * @throws org.partiflow.io.InvalidFileException if the study cannot be read
     */
    public static StudyResult run(JavaSparkContext spark, Path file, Path directory, boolean resume) {
        Study study = new StudyReader().readOrThrow(file);
        CellTask task = new CellTask(file.toAbsolutePath().toString());
        int batch = Math.max(1, spark.defaultParallelism()) * CELLS_PER_TASK * 4;
        try (StudyLog log = StudyLog.open(study, directory, resume)) {
            for (List<Long> cells = log.missing(batch); !cells.isEmpty(); cells = log.missing(batch)) {
                int tasks = Math.max(1, cells.size() / CELLS_PER_TASK);
                List<CellResult> results =
                        spark.parallelize(cells, tasks).map(task).collect();
                results.forEach(log::append);
            }
            return log.finish();
        }
    }
}
