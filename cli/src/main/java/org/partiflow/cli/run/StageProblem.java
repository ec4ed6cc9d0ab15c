package org.partiflow.cli.run;

import java.time.Duration;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.workload.Workload;

/** A problem with a single node, for asking a cost model about one stage. Stateless. */
public final class StageProblem {
    private StageProblem() {}

    /** One node of {@code count} GPUs, joined by {@code link}. */
    public static PlanningProblem of(GpuType gpu, Link link, int count, TransformerModel model) {
        Nic nic = new Nic(new Bandwidth(1), Duration.ZERO);
        Node node = new Node("node", gpu, count, "default", link, nic, gpu.pricePerHourUsd());
        Cluster cluster = new Cluster("one stage", List.of(node), Fabric.NIC_ONLY, List.of());
        return PlanningProblem.of(cluster, model, Workload.fixed("one pass", 1, 1));
    }
}
