package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.io.internal.cluster.ClusterParser;

/**
 * Reads {@code cluster/1}. GPU types come from the file's own {@code gpuTypes}, then from the {@link Catalogue}.
 * Stateless and thread-safe.
 */
public final class ClusterReader implements DocumentReader<Cluster> {
    /** Makes a reader. */
    public ClusterReader() {}

    @Override
    public Validation<Seq<FileProblem>, Loaded<Cluster>> read(Path file) {
        return Documents.read(file, content -> read(file.toString(), content));
    }

    @Override
    public Validation<Seq<FileProblem>, Loaded<Cluster>> read(String fileName, byte[] content) {
        return Documents.parse(
                        fileName, content, (root, problems) -> new ClusterParser(Catalogue.gpuTable()).parse(root))
                .map(cluster -> new Loaded<>(cluster, cluster.name(), Digests.sha256(content)));
    }
}
