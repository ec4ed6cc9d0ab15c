package org.partiflow.io;

import java.nio.file.Path;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.io.internal.cluster.ClusterTree;
import org.partiflow.io.internal.text.JsonText;

/**
 * Writes {@code cluster/1} as YAML; {@link ClusterReader} reads an equal cluster back. GPU types that differ from the
 * catalogue are written into the file. The same cluster always gives the same bytes. Stateless and thread-safe.
 */
public final class ClusterWriter {
    /** Makes a writer. */
    public ClusterWriter() {}

    /**
     * The content of the file, UTF-8.
     *
     * @throws IllegalArgumentException if two different GPU types have the same name
     */
    public byte[] toBytes(Cluster cluster) {
        return JsonText.yaml(ClusterTree.of(cluster, Catalogue.gpuTable()));
    }

    /**
     * Writes the file, replacing an old one atomically.
     *
     * @throws OutputException if the file cannot be written
     * @throws IllegalArgumentException if two different GPU types have the same name
     */
    public void write(Cluster cluster, Path file) {
        AtomicFiles.write(file, toBytes(cluster));
    }
}
