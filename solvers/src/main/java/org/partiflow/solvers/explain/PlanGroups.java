package org.partiflow.solvers.explain;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.placement.Candidates;
import org.partiflow.solvers.strategy.GpuSet;

/** The groups of a plan by the numbers of their nodes and GPUs. Immutable. */
final class PlanGroups {
    private final Cluster cluster;
    private final ServingPlan plan;

    PlanGroups(Cluster cluster, ServingPlan plan) {
        this.cluster = cluster;
        this.plan = plan;
    }

    /** Candidate groups on the same GPUs, with the best strategies for them. */
    List<Group> in(Candidates candidates) {
        List<Group> groups = new ArrayList<>();
        for (ServingGroup group : plan.groups()) {
            groups.add(candidates.groups().of(set(group, candidates), group.phase()));
        }
        return groups;
    }

    /** The GPUs of a group. */
    GpuSet set(ServingGroup group, Candidates candidates) {
        int[] counts = new int[cluster.nodeCount()];
        for (KvTraffic.Holder stage : stages(group)) {
            for (int gpu : stage.gpus()) {
                counts[cluster.nodeOf(gpu)]++;
            }
        }
        return GpuSet.of(candidates.classes(), counts);
    }

    /** The stages of a group. */
    List<KvTraffic.Holder> stages(ServingGroup group) {
        List<KvTraffic.Holder> stages = new ArrayList<>();
        for (Stage stage : group.stages()) {
            int[] gpus = stage.gpus().stream()
                    .mapToInt(gpu -> cluster.findGpu(gpu)
                            .orElseThrow(() -> new IllegalArgumentException("the plan names the GPU '" + gpu
                                    + "', which cluster '" + cluster.name() + "' does not have")))
                    .toArray();
            stages.add(new KvTraffic.Holder(gpus, stage.firstLayer(), stage.layers()));
        }
        return stages;
    }

    /** A set of the same counts in a cluster of the same nodes. */
    static GpuSet moved(GpuSet set, Candidates candidates) {
        GpuSet moved = GpuSet.empty(candidates.classes());
        for (int i = 0; i < set.positions(); i++) {
            moved = moved.plus(set.node(i), set.count(i));
        }
        return moved;
    }
}
