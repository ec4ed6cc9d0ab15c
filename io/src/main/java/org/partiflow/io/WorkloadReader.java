package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.Problems;
import org.partiflow.io.internal.workload.Trace;
import org.partiflow.io.internal.workload.TraceFormat;
import org.partiflow.io.internal.workload.TraceReader;
import org.partiflow.io.internal.workload.WorkloadParser;

/**
 * Reads {@code workload/1} and the trace it may name: a path relative to the workload's own directory, at most 512 MiB.
 * {@code sample: N} keeps N evenly spaced requests at their recorded times, so the rate falls with the number; give a
 * rate to stretch the times. The digest of a workload with a trace covers both files. Stateless and thread-safe.
 */
public final class WorkloadReader implements DocumentReader<Workload> {
    /** Makes a reader. */
    public WorkloadReader() {}

    @Override
    public Validation<Seq<FileProblem>, Loaded<Workload>> read(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return Documents.read(file, content -> read(file.toString(), content, directory));
    }

    /** {@inheritDoc} A relative trace path is resolved against the working directory. */
    @Override
    public Validation<Seq<FileProblem>, Loaded<Workload>> read(String fileName, byte[] content) {
        return read(fileName, content, null);
    }

    /**
     * Reads a built-in workload if there is one of this name, else the file.
     *
     * @throws InvalidFileException if there is neither, or the file is bad
     */
    public Loaded<Workload> readNameOrFileOrThrow(String nameOrFile) {
        return Documents.orThrow(readNameOrFile(nameOrFile));
    }

    /** Reads a built-in workload if there is one of this name, else the file. */
    public Validation<Seq<FileProblem>, Loaded<Workload>> readNameOrFile(String nameOrFile) {
        return Documents.nameOrFile("workload", nameOrFile, Catalogue.workloadNames(), Catalogue::findWorkload, this);
    }

    private static Validation<Seq<FileProblem>, Loaded<Workload>> read(
            String fileName, byte[] content, @Nullable Path directory) {
        String own = Digests.sha256(content);
        return Documents.parse(fileName, content, (root, problems) -> {
            WorkloadParser parser = new WorkloadParser(
                    (fields, file, format, sample) -> trace(fields, file, format, sample, directory, problems));
            Workload workload = parser.parse(root);
            String digest = parser.trace()
                    .map(trace -> Digests.sha256((own + trace.sha256()).getBytes(StandardCharsets.US_ASCII)))
                    .orElse(own);
            return workload == null ? null : new Loaded<>(workload, workload.name(), digest);
        });
    }

    private static @Nullable Trace trace(
            FieldReader fields,
            String file,
            TraceFormat format,
            int sample,
            @Nullable Path directory,
            Problems problems) {
        Path path;
        try {
            path = directory == null ? Path.of(file) : directory.resolve(file);
        } catch (InvalidPathException e) {
            fields.problem("file", "is no path: " + e.getReason());
            return null;
        }
        Problems own = new Problems(path.toString());
        Trace trace = TraceReader.read(path, format, sample, Digests.newSha256(), own);
        own.all().forEach(problems::add);
        return trace;
    }
}
