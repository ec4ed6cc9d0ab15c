package org.partiflow.studies.study;

import java.util.Map;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.Provenance;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.workload.Workload;
import org.partiflow.costmodel.KvProtocols;
import org.partiflow.io.Loaded;

/**
 * The inputs of a study, by the names that its cells use. Immutable and thread-safe.
 *
 * @param clusters clusters by name
 * @param models models by name
 * @param workloads workloads by name
 */
public record Problems(
        Map<String, Loaded<Cluster>> clusters,
        Map<String, Loaded<TransformerModel>> models,
        Map<String, Loaded<Workload>> workloads) {
    /** Copies the maps. */
    public Problems {
        clusters = Map.copyOf(clusters);
        models = Map.copyOf(models);
        workloads = Map.copyOf(workloads);
    }

    /** The problem of a cell, its links scaled. */
    public PlanningProblem of(Cell cell) {
        Loaded<Cluster> cluster = known(clusters, cell.get(Axis.CLUSTER));
        Loaded<TransformerModel> model = known(models, cell.get(Axis.MODEL));
        Loaded<Workload> workload = known(workloads, cell.get(Axis.WORKLOAD));
        return new PlanningProblem(
                LinkScaling.parse(cell.get(Axis.LINK)).apply(cluster.value()),
                model.value(),
                workload.value(),
                ServingOptions.DEFAULT.withKvProtocol(KvProtocols.parse(cell.get(Axis.KV_PROTOCOL))),
                new Provenance(cluster.sha256(), model.sha256(), workload.sha256()));
    }

    private static <T> T known(Map<String, T> all, String name) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the study has no input '" + name + "'");
        }
        return found;
    }
}
