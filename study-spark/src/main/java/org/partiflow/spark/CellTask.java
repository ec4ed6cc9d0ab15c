package org.partiflow.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.function.Function;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.studies.cell.CellFunction;
import org.partiflow.studies.cell.CellFunctions;
import org.partiflow.studies.cell.CellResult;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;

/**
 * Computes a cell on an executor. Only the study's path travels; each executor reads the study once and remembers plans as
 * the local runner does. Serialisable and thread-safe.
 */
final class CellTask implements Function<Long, CellResult> {
    private static final long serialVersionUID = 1;

    /** Per executor, by path: reading again for every cell would cost more than most cells. */
    private static final Map<String, Loaded> LOADED = new ConcurrentHashMap<>();

    private record Loaded(Study study, CellFunction function) {}

    private final String file;

    CellTask(String file) {
        this.file = file;
    }

    @Override
    public CellResult call(Long cell) {
        Loaded loaded = LOADED.computeIfAbsent(file, path -> {
            Study study = new StudyReader().readOrThrow(Path.of(path));
            return new Loaded(study, CellFunctions.of(study, System::nanoTime));
        });
        return loaded.function().evaluate(loaded.study().cell(cell), new CancellationToken());
    }
}
