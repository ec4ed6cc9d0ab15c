package org.partiflow.solvers.flow;

import org.jspecify.annotations.Nullable;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;

/**
 * A network whose groups are split into an in-vertex and an out-vertex, joined by the group's capacity, brought to three
 * layers: the in-vertex of a left group, which has one arc from the source and one to its out-vertex, and the out-vertex
 * of a right group, which has one arc from its in-vertex and one to the sink, are passed over.
 */
final class SplitGroups {
    private final FlowNetwork network;
    /** Numbers of useful arcs, and the last of them, by vertex. */
    private final int[] arcsIn;

    private final int[] arcsOut;
    private final int[] lastIn;
    private final int[] lastOut;

    private SplitGroups(FlowNetwork network) {
        this.network = network;
        int vertices = network.vertices();
        arcsIn = new int[vertices];
        arcsOut = new int[vertices];
        lastIn = new int[vertices];
        lastOut = new int[vertices];
        for (int arc = 0; arc < network.arcs(); arc++) {
            if (CertifiedFlow.isUseful(network, arc)) {
                arcsOut[network.from(arc)]++;
                arcsIn[network.to(arc)]++;
                lastOut[network.from(arc)] = arc;
                lastIn[network.to(arc)] = arc;
            }
        }
    }

    /** The maximum flow if three layers remain, or null if the network has another shape. */
    static @Nullable MaxFlow solve(FlowNetwork network) {
        return new SplitGroups(network).solve();
    }

    private @Nullable MaxFlow solve() {
        FlowNetwork.Builder shorter = FlowNetwork.builder(network.vertices(), network.source(), network.sink());
        int[] shortArc = new int[network.arcs()];
        boolean any = false;
        for (int arc = 0; arc < shortArc.length; arc++) {
            int from = network.from(arc);
            int to = network.to(arc);
            shortArc[arc] = -1;
            if (!CertifiedFlow.isUseful(network, arc) || isPassedOver(from)) {
                continue;
            }
            boolean passes = isPassedOver(to);
            any |= passes;
            int next = passes ? lastOut[to] : arc;
            shortArc[arc] =
                    shorter.addArc(from, network.to(next), Math.min(network.capacity(arc), network.capacity(next)));
        }
        MaxFlow flow = any ? ThreeLayers.solve(shorter.build()) : null;
        return flow == null ? null : expand(flow, shortArc);
    }

    private MaxFlow expand(MaxFlow flow, int[] shortArc) {
        long[] arcFlow = new long[shortArc.length];
        for (int arc = 0; arc < arcFlow.length; arc++) {
            if (shortArc[arc] >= 0) {
                arcFlow[arc] = flow.arcFlow()[shortArc[arc]];
                if (isPassedOver(network.to(arc))) {
                    arcFlow[lastOut[network.to(arc)]] = arcFlow[arc];
                }
            }
        }
        boolean[] side = flow.sourceSide().clone();
        for (int v = 0; v < side.length; v++) {
            if (isPassedOver(v)) {
                int in = lastIn[v];
                int out = lastOut[v];
                boolean reachesSink = arcFlow[out] < network.capacity(out) && !flow.sourceSide()[network.to(out)]
                        || arcFlow[in] > 0 && !flow.sourceSide()[network.from(in)];
                side[v] = !reachesSink;
            }
        }
        return new MaxFlow(flow.value(), arcFlow, side);
    }

    private boolean isPassedOver(int v) {
        if (v == network.source() || v == network.sink() || arcsIn[v] != 1 || arcsOut[v] != 1) {
            return false;
        }
        int before = network.from(lastIn[v]);
        int after = network.to(lastOut[v]);
        boolean leftIn =
                before == network.source() && after != network.sink() && arcsIn[after] == 1 && !leadsToSink(after);
        boolean rightOut = after == network.sink()
                && before != network.source()
                && arcsOut[before] == 1
                && !comesFromSource(before);
        return leftIn || rightOut;
    }

    private boolean leadsToSink(int v) {
        return arcsOut[v] == 1 && network.to(lastOut[v]) == network.sink();
    }

    private boolean comesFromSource(int v) {
        return arcsIn[v] == 1 && network.from(lastIn[v]) == network.source();
    }
}
