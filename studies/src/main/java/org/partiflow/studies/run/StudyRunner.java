package org.partiflow.studies.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.io.OutputException;
import org.partiflow.studies.cell.CellFunction;
import org.partiflow.studies.cell.CellFunctions;
import org.partiflow.studies.cell.CellResult;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Study;

/**
 * Runs the cells of a study on several threads and logs each as soon as it is finished. A log that is complete is sorted,
 * so that its bytes depend on neither threads nor interruptions. Memory does not depend on the number of cells. Stateless
 * and thread-safe; two runs must not share a directory.
 */
public final class StudyRunner {
    /** Name of the log in the directory of a study. */
    public static final String LOG = "cells.jsonl";

    /** Makes a runner. */
    public StudyRunner() {}

    /**
     * Runs what is left.
     *
     * @throws IllegalArgumentException if what is to be resumed belongs to another study or part of it
     */
    public StudyResult run(Study study, StudyOptions options) {
        return run(study, options, CellFunctions.of(study, options.nanoTime()));
    }

    /** The same with another function. */
    public StudyResult run(Study study, StudyOptions options, CellFunction function) {
        Path file = options.directory().resolve(LOG);
        LogHeader header = LogHeader.of(study, options.shard());
        LogState before = StudyLog.before(file, header, options.resume());
        Tally tally = new Tally(header.to() - header.from(), before, options);
        boolean goesOn = before.wholeBytes() > 0;
        try (ResultLog log = goesOn ? ResultLog.resume(file, before.wholeBytes()) : ResultLog.create(file, header)) {
            work(new Claims(study, before), log, function, options, tally);
        }
        StudyResult result = new StudyResult(file, tally.cells, tally.finished, tally.withoutValues);
        if (result.isComplete()) {
            sort(file);
        }
        return result;
    }

    private static void work(Claims claims, ResultLog log, CellFunction function, StudyOptions options, Tally tally) {
        ExecutorService workers = Executors.newFixedThreadPool(options.threads());
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < options.threads(); i++) {
                futures.add(workers.submit(() -> {
                    boolean ended = false;
                    try {
                        compute(claims, log, function, options, tally);
                        ended = true;
                    } finally {
                        if (!ended) {
                            claims.stop();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            options.cancellation().cancel();
        } catch (ExecutionException e) {
            rethrow(e.getCause());
        } finally {
            claims.stop();
            workers.shutdown();
            awaitEnd(workers);
        }
    }

    private static void compute(Claims claims, ResultLog log, CellFunction function, StudyOptions options, Tally tally)
            throws InterruptedException {
        for (List<Cell> cells = claims.claim(); !cells.isEmpty(); cells = claims.claim()) {
            for (Cell cell : cells) {
                if (options.cancellation().isCancelled()) {
                    claims.stop();
                    return;
                }
                CellResult result = function.evaluate(cell, options.cancellation());
                if (options.cancellation().isCancelled()) {
                    claims.stop();
                    return;
                }
                log.append(result);
                claims.finish(cell);
                tally.count(result);
            }
        }
    }

    private static void awaitEnd(ExecutorService workers) {
        boolean interrupted = false;
        while (!workers.isTerminated()) {
            try {
                workers.awaitTermination(1, java.util.concurrent.TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("a worker was interrupted", cause);
    }

    /** Replaces a complete log by its sorted self. */
    static void sort(Path file) {
        Path sorted = file.resolveSibling(LOG + ".sorted");
        LogHeader header = LogState.read(file).header();
        try (ResultLog out = ResultLog.create(sorted, header)) {
            SortedResults.forEach(file, out::append);
        }
        try {
            Files.move(sorted, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new OutputException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    /** Counts and tells; thread-safe. */
    private static final class Tally {
        private final long cells;
        private final StudyOptions options;
        private long finished;
        private long withoutValues;

        Tally(long cells, LogState before, StudyOptions options) {
            this.cells = cells;
            this.options = options;
            finished = before.finished();
            withoutValues = before.failed();
        }

        synchronized void count(CellResult result) {
            finished++;
            if (result.status() != CellResult.Status.DONE) {
                withoutValues++;
            }
            options.listener().on(new ProgressEvent.Advanced(finished, cells));
        }
    }
}
