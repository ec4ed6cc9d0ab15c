package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.io.internal.plan.PlanParser;

/**
 * Reads {@code plan/1}. It checks the form only: whether the plan is valid is for the plan checker. The value is named
 * after the file. Stateless and thread-safe.
 */
public final class PlanReader implements DocumentReader<ServingPlan> {
    /** Makes a reader. */
    public PlanReader() {}

    @Override
    public Validation<Seq<FileProblem>, Loaded<ServingPlan>> read(Path file) {
        return Documents.read(file, content -> read(file.toString(), content));
    }

    @Override
    public Validation<Seq<FileProblem>, Loaded<ServingPlan>> read(String fileName, byte[] content) {
        return Documents.parse(fileName, content, (root, problems) -> PlanParser.parse(root))
                .map(plan -> new Loaded<>(plan, fileName, Digests.sha256(content)));
    }
}
