package org.partiflow.solvers.checkers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;

/** Copies of plans that differ in one place. Stateless. */
final class Change {
    private Change() {}

    static ServingPlan groups(ServingPlan p, List<ServingGroup> groups) {
        return plan(p, groups, p.routes(), p.throughput(), p.certificate(), p.unusedGpus(), p.cost());
    }

    static ServingPlan group(ServingPlan p, int index, UnaryOperator<ServingGroup> change) {
        List<ServingGroup> groups = new ArrayList<>(p.groups());
        groups.set(index, change.apply(groups.get(index)));
        return groups(p, groups);
    }

    static ServingPlan route(ServingPlan p, int index, UnaryOperator<Route> change) {
        List<Route> routes = new ArrayList<>(p.routes());
        routes.set(index, change.apply(routes.get(index)));
        return routes(p, routes);
    }

    static ServingPlan routes(ServingPlan p, List<Route> routes) {
        return plan(p, p.groups(), routes, p.throughput(), p.certificate(), p.unusedGpus(), p.cost());
    }

    static ServingPlan throughput(ServingPlan p, double requests, double output, double total) {
        ServingPlan.Throughput t = p.throughput();
        ServingPlan.Throughput changed = new ServingPlan.Throughput(
                requests * t.requestsPerSecond(), output * t.outputTokensPerSecond(), total * t.totalTokensPerSecond());
        return plan(p, p.groups(), p.routes(), changed, p.certificate(), p.unusedGpus(), p.cost());
    }

    static ServingPlan certificate(ServingPlan p, ServingPlan.Certificate certificate) {
        return plan(p, p.groups(), p.routes(), p.throughput(), certificate, p.unusedGpus(), p.cost());
    }

    static ServingPlan unused(ServingPlan p, List<String> unused) {
        return plan(p, p.groups(), p.routes(), p.throughput(), p.certificate(), unused, p.cost());
    }

    static ServingPlan cost(ServingPlan p, double perHour, double perMillion) {
        ServingPlan.Cost changed = new ServingPlan.Cost(
                perHour * p.cost().usdPerHour(), perMillion * p.cost().usdPerMillionOutputTokens());
        return plan(p, p.groups(), p.routes(), p.throughput(), p.certificate(), p.unusedGpus(), changed);
    }

    static ServingGroup id(ServingGroup g, String id) {
        return group(g, id, g.phase(), g.stages(), g.batch());
    }

    static ServingGroup phase(ServingGroup g, Phase phase) {
        return group(g, g.id(), phase, g.stages(), g.batch());
    }

    static ServingGroup stages(ServingGroup g, Stage... stages) {
        return group(g, g.id(), g.phase(), List.of(stages), g.batch());
    }

    static ServingGroup batch(ServingGroup g, int batch) {
        return group(g, g.id(), g.phase(), g.stages(), batch);
    }

    private static ServingGroup group(ServingGroup g, String id, Phase phase, List<Stage> stages, int batch) {
        return new ServingGroup(
                id,
                phase,
                stages,
                batch,
                g.capacityRequestsPerSecond(),
                g.flowRequestsPerSecond(),
                g.latencySeconds(),
                g.weightBytesPerGpu(),
                g.kvCapacityTokens());
    }

    /** Capacity, flow, latency and KV capacity times four factors. */
    static ServingGroup scaled(ServingGroup g, double capacity, double flow, double latency, double kv) {
        return new ServingGroup(
                g.id(),
                g.phase(),
                g.stages(),
                g.batch(),
                capacity * g.capacityRequestsPerSecond(),
                flow * g.flowRequestsPerSecond(),
                latency * g.latencySeconds(),
                g.weightBytesPerGpu(),
                (long) (kv * g.kvCapacityTokens()));
    }

    static ServingGroup weights(ServingGroup g, List<Double> weights) {
        return new ServingGroup(
                g.id(),
                g.phase(),
                g.stages(),
                g.batch(),
                g.capacityRequestsPerSecond(),
                g.flowRequestsPerSecond(),
                g.latencySeconds(),
                weights,
                g.kvCapacityTokens());
    }

    private static ServingPlan plan(
            ServingPlan p,
            List<ServingGroup> groups,
            List<Route> routes,
            ServingPlan.Throughput throughput,
            ServingPlan.Certificate certificate,
            List<String> unused,
            ServingPlan.Cost cost) {
        return new ServingPlan(
                p.generator(),
                p.inputs(),
                groups,
                routes,
                throughput,
                certificate,
                unused,
                cost,
                p.alternatives(),
                p.termination(),
                p.warnings());
    }
}
