package org.partiflow.solvers.network;

import java.util.HashMap;
import java.util.Map;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.solvers.strategy.StrategySearch;

/**
 * KV routes between groups, each computed once. During search a set stands on the first GPUs of its nodes, so ports
 * inside a node limit single routes but are not shared; the finished plan uses the real GPUs. Not thread-safe.
 */
public final class RouteTable {
    private static final int MOST_CACHED = 200_000;

    /** Between groups that the engine cannot join. */
    private static final KvRoute NO_ROUTE = new KvRoute(0, new int[0], new double[0], "none");

    private final PlanningProblem problem;
    private final StrategySearch strategies;
    private final SharedLinks shared;
    private final KvProtocol protocol;
    private final double promptTokens;
    private final Map<Long, KvRoute> known = new HashMap<>();

    /** Routes for {@code problem}. */
    public RouteTable(PlanningProblem problem, StrategySearch strategies) {
        this.problem = problem;
        this.strategies = strategies;
        shared = new SharedLinks(problem.cluster());
        protocol = problem.serving().kvProtocol();
        promptTokens = strategies.evaluator().lengths().prompt();
    }

    /** The cluster. */
    Cluster cluster() {
        return problem.cluster();
    }

    /** The cluster's shared links. */
    public SharedLinks shared() {
        return shared;
    }

    /** Whether caches are sent while the prompt is still computed, so that they are reserved from its start. */
    public boolean overlapsPrefill() {
        return protocol.schedule() != KvProtocol.Schedule.BULK;
    }

    /** Bytes per second of a shared link that the protocol can use. */
    public double capacity(int link) {
        return KvTraffic.effectiveBytesPerSecond(shared, protocol, link);
    }

    /** The route between two groups on representative GPUs. */
    public KvRoute route(Group from, Group to) {
        long key = ((long) from.number() << 32) | to.number();
        KvRoute route = known.get(key);
        if (route == null) {
            if (known.size() >= MOST_CACHED) {
                known.clear();
            }
            route = route(
                    from, strategies.representatives(from.set()), to, strategies.representatives(to.set()), false);
            known.put(key, route);
        }
        return route;
    }

    /** The route between two groups on these GPUs, ports inside nodes included among its shared links if asked for. */
    public KvRoute route(Group from, int[] fromGpus, Group to, int[] toGpus, boolean withPorts) {
        if (problem.serving().engine().needsEqualDegrees() && degree(from) != degree(to)) {
            return NO_ROUTE;
        }
        KvTraffic traffic = KvTraffic.between(
                problem.model(),
                protocol,
                shared,
                from.strategy().stages(fromGpus),
                to.strategy().stages(toGpus));
        int[] links = traffic.links().stream()
                .mapToInt(Integer::intValue)
                .filter(link -> withPorts || shared.kind(link) == LinkKind.NETWORK)
                .toArray();
        double[] bytes = new double[links.length];
        for (int i = 0; i < links.length; i++) {
            bytes[i] =
                    promptTokens * traffic.bytesPerToken().get(traffic.links().indexOf(links[i]));
        }
        double capacity = traffic.capacityRequestsPerSecond(shared, protocol, promptTokens);
        return new KvRoute(
                capacity,
                links,
                bytes,
                protocol.nameOn(traffic.kind(shared), problem.model().kv()));
    }

    /** Degree of a group's first stage; 0 if the group idles. */
    private static int degree(Group group) {
        return group.strategy().isFeasible() ? group.strategy().degrees()[0] : 0;
    }
}
