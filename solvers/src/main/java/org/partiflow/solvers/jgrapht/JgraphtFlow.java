package org.partiflow.solvers.jgrapht;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jgrapht.alg.interfaces.MaximumFlowAlgorithm;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.solvers.flow.CertifiedFlow;

/**
 * One max flow call of JGraphT: graph from network, algorithm, arc flows from edge flows. Parallel arcs are one edge, and
 * share its flow in arc order. Every result is certified before it is returned.
 */
final class JgraphtFlow {
    /** The summed capacity of a network must be below this: 2^53. */
    static final long CAPACITY_LIMIT = 1L << 53;

    private final String backend;
    private final FlowNetwork network;
    private final SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph =
            new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
    private final @Nullable DefaultWeightedEdge[] edge;
    /** Whether several arcs have the same edge. */
    private boolean parallel;

    private JgraphtFlow(String backend, FlowNetwork network) {
        this.backend = backend;
        this.network = network;
        edge = new DefaultWeightedEdge[network.arcs()];
        build();
    }

    static MaxFlow solve(
            String backend,
            FlowNetwork network,
            Function<
                            SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge>,
                            MaximumFlowAlgorithm<Integer, DefaultWeightedEdge>>
                    algorithm) {
        JgraphtFlow call = new JgraphtFlow(backend, network);
        Map<DefaultWeightedEdge, Double> flow = algorithm
                .apply(call.graph)
                .getMaximumFlow(network.source(), network.sink())
                .getFlowMap();
        return CertifiedFlow.of(backend, network, call.arcFlow(flow));
    }

    private void build() {
        for (int v = 0; v < network.vertices(); v++) {
            graph.addVertex(v);
        }
        long sum = 0;
        for (int arc = 0; arc < edge.length && sum < CAPACITY_LIMIT; arc++) {
            if (CertifiedFlow.isUseful(network, arc)) {
                sum += network.capacity(arc);
                add(arc);
            }
        }
        if (sum >= CAPACITY_LIMIT) {
            throw new IllegalArgumentException("max flow backend '" + backend
                    + "' is exact only while the summed capacity is below 2^53; use 'push-relabel' or a coarser"
                    + " capacity scale");
        }
    }

    private void add(int arc) {
        DefaultWeightedEdge added = graph.addEdge(network.from(arc), network.to(arc));
        if (added == null) {
            parallel = true;
            added = graph.getEdge(network.from(arc), network.to(arc));
            graph.setEdgeWeight(added, graph.getEdgeWeight(added) + network.capacity(arc));
        } else {
            graph.setEdgeWeight(added, network.capacity(arc));
        }
        edge[arc] = added;
    }

    private long[] arcFlow(Map<DefaultWeightedEdge, Double> flow) {
        long[] arcFlow = new long[edge.length];
        Map<DefaultWeightedEdge, Long> taken = new HashMap<>();
        for (int arc = 0; arc < arcFlow.length; arc++) {
            DefaultWeightedEdge of = edge[arc];
            if (of != null) {
                long left = Math.round(flow.getOrDefault(of, 0.0)) - (parallel ? taken.getOrDefault(of, 0L) : 0);
                arcFlow[arc] = Math.min(left, network.capacity(arc));
                if (parallel) {
                    taken.merge(of, arcFlow[arc], Long::sum);
                }
            }
        }
        return arcFlow;
    }
}
