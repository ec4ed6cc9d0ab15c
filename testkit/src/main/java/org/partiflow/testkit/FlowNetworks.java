package org.partiflow.testkit;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.partiflow.api.flow.FlowNetwork;

/** Generated flow networks. Deterministic: same arguments, same network. Stateless and thread-safe. */
public final class FlowNetworks {
    private FlowNetworks() {}

    /** How the links of a {@link #bipartite} network bind. */
    public enum Regime {
        /** Links never bind: only the ends do. */
        LOOSE,
        /** Links bind between zones and are loose within one. */
        MIXED,
        /** Links bind everywhere. */
        TIGHT
    }

    /**
     * Source, {@code left} prefill vertices, {@code right} decode vertices, sink; every prefill vertex has an arc to every
     * decode vertex.
     */
    public static FlowNetwork bipartite(int left, int right, Regime regime, long seed) {
        Random random = new Random(seed);
        FlowNetwork.Builder network = FlowNetwork.builder(left + right + 2, 0, left + right + 1);
        long end = 1_000_000;
        for (int p = 0; p < left; p++) {
            network.addArc(0, 1 + p, end + random.nextInt((int) end));
        }
        for (int p = 0; p < left; p++) {
            for (int d = 0; d < right; d++) {
                long fair = 2 * end / Math.max(left, right);
                boolean near = p * 4 / left == d * 4 / right;
                long capacity = switch (regime) {
                    case LOOSE -> 2 * end;
                    case MIXED -> near ? 2 * end : 1 + random.nextInt((int) (1 + fair / 8));
                    case TIGHT -> 1 + random.nextInt((int) (1 + fair));
                };
                network.addArc(1 + p, 1 + left + d, capacity);
            }
        }
        for (int d = 0; d < right; d++) {
            network.addArc(1 + left + d, left + right + 1, end + random.nextInt((int) end));
        }
        return network.build();
    }

    /** Small three-layer networks in all regimes. */
    public static Arbitrary<FlowNetwork> anyBipartite() {
        Arbitrary<Integer> side = Arbitraries.integers().between(1, 9);
        return Combinators.combine(side, side, Arbitraries.of(Regime.class), Arbitraries.longs())
                .as(FlowNetworks::bipartite);
    }

    /**
     * The same network with every inner vertex v split: arcs into v end at v, arcs out of v leave a new vertex, and an arc
     * of capacity {@code through} joins the two.
     */
    public static FlowNetwork split(FlowNetwork network, long through) {
        int vertices = network.vertices();
        FlowNetwork.Builder split = FlowNetwork.builder(2 * vertices, network.source(), network.sink());
        for (int arc = 0; arc < network.arcs(); arc++) {
            int from = network.from(arc);
            boolean inner = from != network.source() && from != network.sink();
            split.addArc(inner ? vertices + from : from, network.to(arc), network.capacity(arc));
        }
        for (int v = 0; v < vertices; v++) {
            if (v != network.source() && v != network.sink()) {
                split.addArc(v, vertices + v, through);
            }
        }
        return split.build();
    }

    /** Any network of up to {@code maxVertices}: self loops, parallel arcs, arcs into the source, zero capacities. */
    public static Arbitrary<FlowNetwork> anyNetwork(int maxVertices, long maxCapacity) {
        return Combinators.combine(
                        Arbitraries.integers().between(2, maxVertices),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.longs().between(0, maxCapacity),
                        Arbitraries.longs())
                .as(FlowNetworks::random);
    }

    /** A random network with about {@code degree} arcs per vertex and capacities in [0, maxCapacity]. */
    public static FlowNetwork random(int vertices, int degree, long maxCapacity, long seed) {
        Random random = new Random(seed);
        int source = random.nextInt(vertices);
        int sink = (source + 1 + random.nextInt(vertices - 1)) % vertices;
        FlowNetwork.Builder network = FlowNetwork.builder(vertices, source, sink);
        for (int arc = 0; arc < degree * vertices; arc++) {
            long capacity = random.nextInt(5) == 0 ? 0 : (long) (random.nextDouble() * maxCapacity);
            network.addArc(random.nextInt(vertices), random.nextInt(vertices), capacity);
        }
        return network.build();
    }

    /** The same network with every capacity doubled. */
    public static FlowNetwork doubled(FlowNetwork network) {
        FlowNetwork.Builder twice = FlowNetwork.builder(network.vertices(), network.source(), network.sink());
        for (int arc = 0; arc < network.arcs(); arc++) {
            twice.addArc(network.from(arc), network.to(arc), 2 * network.capacity(arc));
        }
        return twice.build();
    }

    /** The least cut by trying all of them: O(2^vertices arcs), for up to ten vertices or so. */
    public static long leastCut(FlowNetwork network) {
        long least = Long.MAX_VALUE;
        for (int side = 0; side < 1 << network.vertices(); side++) {
            if ((side >> network.source() & 1) == 0 || (side >> network.sink() & 1) == 1) {
                continue;
            }
            long cut = 0;
            for (int arc = 0; arc < network.arcs(); arc++) {
                boolean leaves = (side >> network.from(arc) & 1) == 1 && (side >> network.to(arc) & 1) == 0;
                cut += leaves ? network.capacity(arc) : 0;
            }
            least = Math.min(least, cut);
        }
        return least;
    }
}
