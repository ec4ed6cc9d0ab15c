package org.partiflow.fuzz;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.workload.Workload;
import org.partiflow.interop.imports.ImportOptions;
import org.partiflow.interop.imports.ImportSource;
import org.partiflow.interop.imports.ImportedCluster;
import org.partiflow.interop.imports.Importers;
import org.partiflow.interop.imports.WorkloadText;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.ClusterWriter;
import org.partiflow.io.FileProblem;
import org.partiflow.io.InvalidFileException;
import org.partiflow.io.Loaded;
import org.partiflow.io.WorkloadReader;

/** What other tools write: whatever is imported must be readable as our own files. Stateless. */
final class ForeignClusters {
    private static final ImportOptions HELPED = new ImportOptions(
            null, "H100-SXM-80GB", null, null, null, Bandwidth.ofGigabitsPerSecond(100), null, null, null);

    private ForeignClusters() {}

    /** Once with nothing said, once with what the source may lack. */
    static void read(String format, byte[] data) {
        for (ImportOptions options : List.of(ImportOptions.NONE, HELPED)) {
            try {
                ImportedCluster imported =
                        Importers.of(format).read(List.of(new ImportSource(Complaints.FILE + ".txt", data)), options);
                again(imported);
            } catch (InvalidFileException e) {
                Complaints.require(e.problems());
            }
        }
    }

    private static void again(ImportedCluster imported) {
        byte[] cluster = new ClusterWriter().toBytes(imported.cluster());
        Validation<Seq<FileProblem>, Loaded<Cluster>> read = new ClusterReader().read("written", cluster);
        if (read.isInvalid()) {
            throw new AssertionError("the cluster cannot be read back: " + read.getError());
        }
        imported.workload().ifPresent(workload -> {
            byte[] text = WorkloadText.yaml(workload).getBytes(StandardCharsets.UTF_8);
            Validation<Seq<FileProblem>, Loaded<Workload>> back = new WorkloadReader().read("written.yaml", text);
            if (back.isInvalid()) {
                throw new AssertionError("the workload cannot be read back: " + back.getError());
            }
        });
    }
}
