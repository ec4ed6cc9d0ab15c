package org.partiflow.api;

import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.workload.Workload;

/**
 * What is to be planned: which model serves which requests on which GPUs. Immutable.
 *
 * @param cluster GPUs, machines and links
 * @param model the transformer
 * @param workload the requests
 * @param serving how the engines are run
 * @param provenance where the inputs came from
 */
public record PlanningProblem(
        Cluster cluster, TransformerModel model, Workload workload, ServingOptions serving, Provenance provenance) {
    /** A problem built in code, with default serving options. */
    public static PlanningProblem of(Cluster cluster, TransformerModel model, Workload workload) {
        return new PlanningProblem(cluster, model, workload, ServingOptions.DEFAULT, Provenance.IN_CODE);
    }

    /** The same with engines run otherwise. */
    public PlanningProblem withServing(ServingOptions options) {
        return new PlanningProblem(cluster, model, workload, options, provenance);
    }
}
