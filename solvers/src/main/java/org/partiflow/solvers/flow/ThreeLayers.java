package org.partiflow.solvers.flow;

import org.jspecify.annotations.Nullable;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;

/**
 * A {@link FlowNetwork} seen as source, left vertices, right vertices, sink, if it has that shape: every arc that can
 * carry anything leads from the source to a left vertex, from a left to a right vertex, from a right vertex to the sink,
 * or from the source to the sink. Parallel arcs are summed and share their flow in arc order.
 */
final class ThreeLayers {
    /** The dense arrays may hold this many cells for each arc of the network. */
    private static final int CELLS_PER_ARC = 8;
    /** Where dense arrays do not pay: more cells than this. */
    private static final long MOST_CELLS = 1 << 24;

    private final FlowNetwork network;
    /** By vertex: 0, or -1 - position on the left, or 1 + position on the right. */
    private final int[] place;

    private int left;
    private int right;

    private ThreeLayers(FlowNetwork network) {
        this.network = network;
        place = new int[network.vertices()];
    }

    /** The maximum flow if the network has three layers, or null if it has another shape. */
    static @Nullable MaxFlow solve(FlowNetwork network) {
        ThreeLayers layers = new ThreeLayers(network);
        return layers.findLayers() ? layers.solve() : null;
    }

    private boolean findLayers() {
        int source = network.source();
        int sink = network.sink();
        for (int arc = 0; arc < network.arcs(); arc++) {
            int from = network.from(arc);
            int to = network.to(arc);
            if (from == source) {
                if (to != sink && to != source) {
                    if (place[to] > 0) {
                        return false;
                    }
                    place[to] = place[to] != 0 ? place[to] : -1 - left++;
                }
            } else if (to == sink && from != sink) {
                if (place[from] < 0) {
                    return false;
                }
                place[from] = place[from] != 0 ? place[from] : 1 + right++;
            }
        }
        long cells = (long) left * right;
        return cells > 0 && cells <= MOST_CELLS && cells <= (long) CELLS_PER_ARC * network.arcs();
    }

    private @Nullable MaxFlow solve() {
        long[] supply = new long[left];
        long[] demand = new long[right];
        long[] link = new long[left * right];
        int[] cellOf = new int[network.arcs()];
        if (!readCapacities(supply, demand, link, cellOf)) {
            return null;
        }
        BipartiteFlow flow = BipartiteFlow.trusted(supply, demand, link);
        flow.maximise();
        boolean[] side = sides(flow);
        long[] arcFlow = new long[network.arcs()];
        long value = shareOut(flow, cellOf, arcFlow);
        return new MaxFlow(value, arcFlow, side);
    }

    /** Returns false if an arc leads elsewhere, or sums exceed what is computed exactly. */
    private boolean readCapacities(long[] supply, long[] demand, long[] link, int[] cellOf) {
        long most = 0;
        long total = 0;
        long overflow = 0;
        for (int arc = 0; arc < cellOf.length; arc++) {
            int from = place[network.from(arc)];
            int to = place[network.to(arc)];
            long amount = network.capacity(arc);
            int cell = -1;
            long sum = 0;
            if (from < 0 && to > 0) {
                cell = (-1 - from) * right + to - 1;
                sum = link[cell] += amount;
            } else if (network.from(arc) == network.source()) {
                sum = to < 0 ? supply[-1 - to] += amount : 0;
            } else if (network.to(arc) == network.sink()) {
                sum = from > 0 ? demand[from - 1] += amount : 0;
            } else if (CertifiedFlow.isUseful(network, arc) && (from != 0 || to != 0)) {
                // Between two vertices of no layer nothing can flow, since nothing leads to them.
                return false;
            }
            cellOf[arc] = cell;
            total += amount;
            most = Math.max(most, sum);
            overflow |= total;
        }
        return overflow >= 0 && most <= FlowNetwork.MAX_CAPACITY;
    }

    private long shareOut(BipartiteFlow flow, int[] cellOf, long[] arcFlow) {
        long[] sent = new long[left];
        long[] received = new long[right];
        for (int i = 0; i < left; i++) {
            sent[i] = flow.leftFlow(i);
        }
        for (int j = 0; j < right; j++) {
            received[j] = flow.rightFlow(j);
        }
        long value = flow.value();
        for (int arc = 0; arc < arcFlow.length; arc++) {
            int cell = cellOf[arc];
            long most = network.capacity(arc);
            if (cell >= 0) {
                arcFlow[arc] = take(flow.flow, cell, most);
            } else if (network.from(arc) == network.source()) {
                int to = place[network.to(arc)];
                if (to < 0) {
                    arcFlow[arc] = take(sent, -1 - to, most);
                } else if (network.to(arc) == network.sink()) {
                    arcFlow[arc] = most;
                    value += most;
                }
            } else if (network.to(arc) == network.sink() && place[network.from(arc)] > 0) {
                arcFlow[arc] = take(received, place[network.from(arc)] - 1, most);
            }
        }
        return value;
    }

    private static long take(long[] rest, int at, long most) {
        long amount = Math.min(most, rest[at]);
        rest[at] -= amount;
        return amount;
    }

    private boolean[] sides(BipartiteFlow flow) {
        boolean[] inner = flow.sourceSide();
        boolean[] side = new boolean[place.length];
        for (int v = 0; v < side.length; v++) {
            side[v] = place[v] == 0 || inner[place[v] < 0 ? -1 - place[v] : left + place[v] - 1];
        }
        side[network.sink()] = false;
        return side;
    }
}
