package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;
import org.partiflow.io.internal.workload.FaultsParser;

/** Reads {@code faults/1}. Whether the targets exist is for the simulator to say. Stateless and thread-safe. */
public final class FaultsReader implements DocumentReader<Faults> {
    /** Makes a reader. */
    public FaultsReader() {}

    @Override
    public Validation<Seq<FileProblem>, Loaded<Faults>> read(Path file) {
        return Documents.read(file, content -> read(file.toString(), content));
    }

    @Override
    public Validation<Seq<FileProblem>, Loaded<Faults>> read(String fileName, byte[] content) {
        return Documents.parse(fileName, content, (root, problems) -> FaultsParser.parse(root))
                .map(faults -> new Loaded<>(faults, fileName, Digests.sha256(content)));
    }
}
