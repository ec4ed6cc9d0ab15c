package org.partiflow.studies.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.partiflow.studies.cell.CellResult;
import org.partiflow.studies.study.Study;

/**
 * The log of a study for runners that compute cells elsewhere: which cells are missing, and where their results go. Cells
 * may be appended in any order within a batch. One thread.
 */
public final class StudyLog implements AutoCloseable {
    private final Path file;
    private final LogState before;
    private final ResultLog log;
    private long next;
    private long finished;
    private long withoutValues;

    private StudyLog(Path file, LogState before, ResultLog log) {
        this.file = file;
        this.before = before;
        this.log = log;
        next = before.next();
        finished = before.finished();
        withoutValues = before.failed();
    }

    /**
     * Opens the log of a whole study.
     *
     * @param directory where it is; exists
     * @param resume whether to go on with what is there
     * @throws IllegalArgumentException if what is to be resumed belongs to another study
     */
    public static StudyLog open(Study study, Path directory, boolean resume) {
        Path file = directory.resolve(StudyRunner.LOG);
        LogHeader header = LogHeader.of(study, Shard.WHOLE);
        LogState before = before(file, header, resume);
        ResultLog log =
                before.wholeBytes() > 0 ? ResultLog.resume(file, before.wholeBytes()) : ResultLog.create(file, header);
        return new StudyLog(file, before, log);
    }

    /** What is there, if it is to be resumed. */
    static LogState before(Path file, LogHeader header, boolean resume) {
        if (!resume || !Files.exists(file)) {
            return new LogState(header, header.from(), new TreeSet<>(), 0, 0);
        }
        LogState found = LogState.read(file);
        if (!found.header().equals(header)) {
            throw new IllegalArgumentException("'" + file + "' belongs to another study, to other inputs or to another"
                    + " shard (study '" + found.header().study() + "', cells "
                    + found.header().from() + " to "
                    + found.header().to() + "); start again without --resume, or give another folder");
        }
        return found;
    }

    /** The next missing cells, at most so many and never more than can be sorted in one pass; none at the end. */
    public List<Long> missing(int most) {
        List<Long> cells = new ArrayList<>();
        long first = -1;
        while (next < before.header().to() && cells.size() < Math.min(most, Claims.WINDOW)) {
            first = first < 0 && !before.has(next) ? next : first;
            if (first >= 0 && next - first >= Claims.WINDOW) {
                break;
            }
            if (!before.has(next)) {
                cells.add(next);
            }
            next++;
        }
        return cells;
    }

    /** Appends a result. */
    public void append(CellResult result) {
        log.append(result);
        finished++;
        if (result.status() != CellResult.Status.DONE) {
            withoutValues++;
        }
    }

    /** Closes the log and, if it is complete, sorts it. */
    public StudyResult finish() {
        log.close();
        StudyResult result =
                new StudyResult(file, before.header().to() - before.header().from(), finished, withoutValues);
        if (result.isComplete()) {
            StudyRunner.sort(file);
        }
        return result;
    }

    @Override
    public void close() {
        log.close();
    }
}
