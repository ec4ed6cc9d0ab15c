package org.partiflow.interop.imports;

import java.util.List;
import org.partiflow.io.InvalidFileException;

/** Makes a cluster from files of one foreign format. Implementations are stateless and thread-safe. */
public interface ClusterImporter {
    /** Stable kebab-case name of the format. */
    String format();

    /** One sentence: what is read, and how it is made. */
    String description();

    /**
     * Reads the sources.
     *
     * @throws InvalidFileException with everything that is wrong with them, or that options must say
     */
    ImportedCluster read(List<ImportSource> sources, ImportOptions options);
}
