package org.partiflow.solvers.flow;

import java.util.Arrays;
import org.partiflow.api.flow.FlowNetwork;

/**
 * The residual network in compressed rows: entries of vertex v are {@code start[v] .. start[v + 1] - 1}, first those of
 * arcs out of v, up to {@code forwardEnd[v]}, then their mates of arcs into v. Arcs that cannot help a flow (self loops, into the source, out of the sink, without
 * capacity) have none and carry nothing.
 */
final class Residual {
    final int[] start;
    final int[] forwardEnd;
    final int[] head;
    final int[] mate;
    final long[] capacity;
    private final int[] entryOf;

    /**
     * The residual network of no flow.
     *
     * @param withZeros whether arcs without capacity have entries too, so that they can be given some
     */
    Residual(FlowNetwork network, boolean withZeros) {
        int vertices = network.vertices();
        int arcs = network.arcs();
        start = new int[vertices + 1];
        entryOf = new int[arcs];
        int useful = 0;
        for (int arc = 0; arc < arcs; arc++) {
            if (CertifiedFlow.isUseful(network, arc) || withZeros && CertifiedFlow.isOnPath(network, arc)) {
                start[network.from(arc)]++;
                start[network.to(arc)]++;
                useful++;
            } else {
                entryOf[arc] = -1;
            }
        }
        for (int v = 0, sum = 0; v <= vertices; v++) {
            sum += start[v];
            start[v] = sum;
        }
        head = new int[2 * useful];
        mate = new int[2 * useful];
        capacity = new long[2 * useful];
        for (int arc = arcs - 1; arc >= 0; arc--) {
            if (entryOf[arc] == 0) {
                int backward = --start[network.to(arc)];
                head[backward] = network.from(arc);
                entryOf[arc] = backward;
            }
        }
        forwardEnd = Arrays.copyOf(start, vertices);
        for (int arc = arcs - 1; arc >= 0; arc--) {
            if (entryOf[arc] >= 0) {
                int forward = --start[network.from(arc)];
                int backward = entryOf[arc];
                head[forward] = network.to(arc);
                mate[forward] = backward;
                mate[backward] = forward;
                capacity[forward] = network.capacity(arc);
                entryOf[arc] = forward;
            }
        }
    }

    /** The arc's entry at its tail, or -1 if it has none. */
    int entry(int arc) {
        return entryOf[arc];
    }

    long[] arcFlow() {
        long[] flow = new long[entryOf.length];
        for (int arc = 0; arc < flow.length; arc++) {
            if (entryOf[arc] >= 0) {
                flow[arc] = capacity[mate[entryOf[arc]]];
            }
        }
        return flow;
    }
}
