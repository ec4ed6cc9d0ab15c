package org.partiflow.studies.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.partiflow.studies.study.Study;

/** Joins the logs of shards into that of the whole study; memory does not depend on the number of cells. Stateless. */
public final class StudyMerge {
    private StudyMerge() {}

    private record Part(Path log, LogState state) {}

    /**
     * Joins shards.
     *
     * @param directory where the log of the whole study goes; exists
     * @param shards directories of the shards, in any order
     * @return the result of the whole study
     * @throws IllegalArgumentException if a shard is of another study or incomplete, or if cells are missing or come twice;
     *     nothing has been written then
     */
    public static StudyResult merge(Study study, Path directory, List<Path> shards) {
        List<Part> parts = parts(study, shards);
        Path merged = directory.resolve(StudyRunner.LOG);
        if (shards.stream().map(StudyMerge::absolute).anyMatch(absolute(directory)::equals)) {
            throw new IllegalArgumentException(
                    "'" + directory + "' is one of the shards and would be overwritten; give another folder");
        }
        LogHeader header = LogHeader.of(study, Shard.WHOLE);
        long withoutValues = 0;
        try (ResultLog out = ResultLog.create(merged, header)) {
            for (Part part : parts) {
                SortedResults.forEach(part.log(), out::append);
                withoutValues += part.state().failed();
            }
        }
        return new StudyResult(merged, study.size(), study.size(), withoutValues);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static List<Part> parts(Study study, List<Path> shards) {
        List<Part> parts = new ArrayList<>();
        for (Path shard : shards) {
            Path log = shard.resolve(StudyRunner.LOG);
            if (!Files.isRegularFile(log)) {
                throw new IllegalArgumentException("'" + shard + "' holds no " + StudyRunner.LOG + "; give the folders"
                        + " that --shard wrote to");
            }
            LogState state = LogState.read(log);
            if (!state.header().sha256().equals(study.sha256())) {
                throw new IllegalArgumentException(
                        "'" + log + "' belongs to another study or to other inputs; run this shard again");
            }
            if (state.next() != state.header().to()) {
                throw new IllegalArgumentException(
                        "'" + log + "' lacks cell " + state.next() + "; finish it with --resume first");
            }
            parts.add(new Part(log, state));
        }
        parts.sort(Comparator.comparingLong(part -> part.state().header().from()));
        long next = 0;
        for (Part part : parts) {
            LogHeader header = part.state().header();
            if (header.from() != next) {
                throw new IllegalArgumentException(
                        header.from() < next
                                ? "'" + part.log() + "' holds cells that another shard holds too"
                                : "cells " + next + " to " + (header.from() - 1) + " are in none of the shards");
            }
            next = header.to();
        }
        if (next != study.size()) {
            throw new IllegalArgumentException(
                    "cells " + next + " to " + (study.size() - 1) + " are in none of the shards");
        }
        return parts;
    }
}
