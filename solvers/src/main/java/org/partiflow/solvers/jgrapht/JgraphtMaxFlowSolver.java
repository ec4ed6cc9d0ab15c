package org.partiflow.solvers.jgrapht;

import java.util.HashMap;
import java.util.Map;
import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.solvers.flow.CertifiedFlow;

/**
 * Max flow by JGraphT's push-relabel, for cross-checks. JGraphT computes in doubles, which hold integers below 2^53
 * exactly: networks whose summed capacity is not below that are refused. Every result is certified before it is returned.
 *
 * <p>Parallel arcs are merged for JGraphT and their flow is shared out again in arc order. Time O(vertices^3), memory
 * O(vertices + arcs) objects per call. Stateless and thread-safe.
 */
public final class JgraphtMaxFlowSolver implements MaxFlowSolver {
    /** The summed capacity of a network must be below this: 2^53. */
    public static final long CAPACITY_LIMIT = 1L << 53;

    /** For {@link java.util.ServiceLoader}. */
    public JgraphtMaxFlowSolver() {}

    @Override
    public String name() {
        return "jgrapht";
    }

    @Override
    public long maxTotalCapacity() {
        return CAPACITY_LIMIT - 1;
    }

    @Override
    public String description() {
        return "JGraphT push-relabel; exact while the summed capacity is below 2^53.";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the summed capacity of the useful arcs is 2^53 or more
     */
    @Override
    public MaxFlow solve(FlowNetwork network) {
        SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph = graph(network);
        Map<DefaultWeightedEdge, Double> flow = new HashMap<>(new PushRelabelMFImpl<>(graph)
                .getMaximumFlow(network.source(), network.sink())
                .getFlowMap());
        long[] arcFlow = new long[network.arcs()];
        for (int arc = 0; arc < network.arcs(); arc++) {
            if (CertifiedFlow.isUseful(network, arc)) {
                DefaultWeightedEdge edge = graph.getEdge(network.from(arc), network.to(arc));
                long left = Math.round(flow.getOrDefault(edge, 0.0));
                arcFlow[arc] = Math.min(left, network.capacity(arc));
                flow.put(edge, (double) (left - arcFlow[arc]));
            }
        }
        return CertifiedFlow.of(name(), network, arcFlow);
    }

    private SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph(FlowNetwork network) {
        SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph =
                new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        for (int v = 0; v < network.vertices(); v++) {
            graph.addVertex(v);
        }
        long sum = 0;
        for (int arc = 0; arc < network.arcs(); arc++) {
            if (CertifiedFlow.isUseful(network, arc)) {
                sum += network.capacity(arc);
                add(graph, network.from(arc), network.to(arc), network.capacity(arc));
            }
        }
        if (sum >= CAPACITY_LIMIT) {
            throw new IllegalArgumentException(
                    "max flow backend '" + name() + "' is exact only while the summed capacity" + " is below 2^53, got "
                            + sum + "; use 'push-relabel' or a coarser capacity scale");
        }
        return graph;
    }

    private static void add(
            SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph, int from, int to, long capacity) {
        DefaultWeightedEdge edge = graph.getEdge(from, to);
        if (edge == null) {
            graph.setEdgeWeight(graph.addEdge(from, to), capacity);
        } else {
            graph.setEdgeWeight(edge, graph.getEdgeWeight(edge) + capacity);
        }
    }
}
