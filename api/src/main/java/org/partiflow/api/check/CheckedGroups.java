package org.partiflow.api.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/**
 * The groups of a plan whose structure is sound, with their GPUs as numbers.
 *
 * @param byId groups in plan order
 * @param stages stages of each group
 */
record CheckedGroups(Map<String, ServingGroup> byId, Map<String, List<KvTraffic.Holder>> stages) {
    static CheckedGroups of(Cluster cluster, ServingPlan plan) {
        Map<String, ServingGroup> byId = new LinkedHashMap<>();
        Map<String, List<KvTraffic.Holder>> stages = new LinkedHashMap<>();
        for (ServingGroup group : plan.groups()) {
            byId.put(group.id(), group);
            stages.put(
                    group.id(),
                    group.stages().stream().map(stage -> holder(cluster, stage)).toList());
        }
        return new CheckedGroups(byId, stages);
    }

    private static KvTraffic.Holder holder(Cluster cluster, Stage stage) {
        int[] gpus = stage.gpus().stream()
                .mapToInt(name -> cluster.findGpu(name).orElseThrow())
                .toArray();
        return new KvTraffic.Holder(gpus, stage.firstLayer(), stage.layers());
    }
}
