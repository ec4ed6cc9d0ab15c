package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;
import org.partiflow.api.layers.LayerProblem;
import org.partiflow.io.internal.layers.HelixParser;

/**
 * Reads clusters in the form of Helix's published instances, as JSON or YAML: {@code cluster}; {@code model} with {@code
 * name}, {@code layers}, {@code token_bytes}, {@code activation_bytes_per_token}; {@code machine_types}, each with {@code
 * tokens_per_s_by_layers} and, if fewer may be held, {@code max_layers}; {@code nodes} with {@code id} and {@code type};
 * {@code links} as [from, to, bytes per second, latency], where ends are node ids, "source" or "sink". Links between nodes
 * hold both ways unless {@code links_complete} is false. Other fields are left alone. Stateless and thread-safe.
 */
public final class HelixInstanceReader implements DocumentReader<LayerProblem> {
    /** Makes a reader. */
    public HelixInstanceReader() {}

    @Override
    public Validation<Seq<FileProblem>, Loaded<LayerProblem>> read(Path file) {
        return Documents.read(file, content -> read(file.toString(), content));
    }

    @Override
    public Validation<Seq<FileProblem>, Loaded<LayerProblem>> read(String fileName, byte[] content) {
        return Documents.parse(fileName, content, (root, problems) -> new HelixParser().parse(root))
                .map(problem -> new Loaded<>(problem, problem.name(), Digests.sha256(content)));
    }
}
