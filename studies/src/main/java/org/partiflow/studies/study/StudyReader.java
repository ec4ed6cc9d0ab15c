package org.partiflow.studies.study;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;
import org.partiflow.io.Documents;
import org.partiflow.io.FileProblem;
import org.partiflow.io.InvalidFileException;
import org.partiflow.io.Loaded;

/**
 * Reads {@code study/1} with the clusters, models and workloads that it names; their paths are relative to the study's own
 * folder. Stateless and thread-safe.
 */
public final class StudyReader {
    /** Makes a reader. */
    public StudyReader() {}

    /** Reads a study, or everything that is wrong with it and with what it names. */
    public Validation<Seq<FileProblem>, Study> read(Path file) {
        return Documents.<Study>read(
                        file,
                        content -> Documents.parse(file.toString(), content, (root, problems) -> {
                                    StudyInputs inputs = new StudyInputs(file, problems, content);
                                    return new StudyParser(root, inputs).parse();
                                })
                                .map(study -> new Loaded<>(study, study.name(), study.sha256())))
                .map(Loaded::value);
    }

    /**
     * Reads a study.
     *
     * @throws InvalidFileException with all problems
     */
    public Study readOrThrow(Path file) {
        return Documents.orThrow(read(file));
    }
}
