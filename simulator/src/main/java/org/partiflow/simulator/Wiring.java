package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.KvRecoding;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;

/**
 * The plan in terms of indexes: memories of its groups and paths of its routes.
 *
 * @param request what to replay
 * @param shared the cluster's shared links
 * @param memories by group
 * @param paths by usable route
 * @param shares of the usable routes
 */
record Wiring(
        SimulationRequest request,
        SharedLinks shared,
        @SuppressWarnings("ArrayRecordComponent") KvMemory[] memories,
        List<KvPath> paths,
        List<Double> shares) {
    /** Resolves names; rejects a plan that names groups or GPUs that do not exist, or routes that connect nothing. */
    static Wiring of(SimulationRequest request) {
        ServingPlan plan = request.plan();
        Map<String, Integer> index = new HashMap<>();
        KvMemory[] memories = new KvMemory[plan.groups().size()];
        for (int i = 0; i < memories.length; i++) {
            ServingGroup group = plan.groups().get(i);
            memories[i] = new KvMemory(
                    group.kvCapacityTokens(), request.options().behaviour().kv());
            if (index.put(group.id(), i) != null) {
                throw new IllegalArgumentException("the plan has two groups '" + group.id() + "'");
            }
        }
        SharedLinks shared = new SharedLinks(request.problem().cluster());
        List<KvPath> paths = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (Route route : plan.routes()) {
            int from = require(index, plan, route.from(), Phase.PREFILL);
            int to = require(index, plan, route.to(), Phase.DECODE);
            paths.add(path(request, shared, from, to));
            shares.add(route.share());
        }
        return new Wiring(request, shared, memories, paths, shares);
    }

    private static KvPath path(SimulationRequest request, SharedLinks shared, int from, int to) {
        Cluster cluster = request.problem().cluster();
        ServingGroup sender = request.plan().groups().get(from);
        ServingGroup receiver = request.plan().groups().get(to);
        TransformerModel model = request.problem().model();
        ServingOptions serving = request.problem().serving();
        List<KvTraffic.Holder> senders = KvPath.holders(sender, cluster);
        List<KvTraffic.Holder> receivers = KvPath.holders(receiver, cluster);
        KvTraffic traffic = KvTraffic.between(model, serving.kvProtocol(), shared, senders, receivers);
        if (!traffic.connected()) {
            throw new IllegalArgumentException(
                    "the route " + sender.id() + "->" + receiver.id() + " joins GPUs that no link connects");
        }
        double recoding = KvRecoding.secondsPerToken(model, serving.kvProtocol(), cluster, senders, receivers);
        return new KvPath(from, to, traffic, recoding, model, serving, shared);
    }

    private static int require(Map<String, Integer> index, ServingPlan plan, String id, Phase phase) {
        Integer group = index.get(id);
        if (group == null || plan.groups().get(group).phase() != phase) {
            throw new IllegalArgumentException("a route names '" + id + "', which is no " + phase + " group");
        }
        return group;
    }
}
