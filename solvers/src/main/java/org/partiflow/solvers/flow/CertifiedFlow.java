package org.partiflow.solvers.flow;

import java.util.List;
import org.partiflow.api.flow.FlowCertificate;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;

/** Completes a backend's arc flows with the cut and refuses them unless they are proven maximal. Stateless. */
public final class CertifiedFlow {
    private CertifiedFlow() {}

    /**
     * The flow with its value and the cut of all vertices that the source reaches in the residual network. O(vertices +
     * arcs).
     *
     * @throws IllegalStateException if it is not a maximum flow: the backend is wrong; the message names what is violated
     */
    public static MaxFlow of(String backend, FlowNetwork network, long[] arcFlow) {
        long value = 0;
        for (int arc = 0; arc < network.arcs(); arc++) {
            if (network.from(arc) == network.source()) {
                value += arcFlow[arc];
            }
            if (network.to(arc) == network.source()) {
                value -= arcFlow[arc];
            }
        }
        MaxFlow flow = new MaxFlow(value, arcFlow, sourceSide(network, arcFlow));
        List<String> violations = FlowCertificate.violations(network, flow);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("max flow backend '" + backend
                    + "' returned no maximum flow; use 'push-relabel' instead. First violation: " + violations.get(0));
        }
        return flow;
    }

    /** Whether an arc can carry anything useful: no self loop, not into the source, not out of the sink, capacity > 0. */
    public static boolean isUseful(FlowNetwork network, int arc) {
        return isOnPath(network, arc) && network.capacity(arc) > 0;
    }

    /** Whether an arc could carry anything useful if it had capacity: no self loop, not into the source, not out of the sink. */
    static boolean isOnPath(FlowNetwork network, int arc) {
        int from = network.from(arc);
        int to = network.to(arc);
        return from != to && to != network.source() && from != network.sink();
    }

    private static boolean[] sourceSide(FlowNetwork network, long[] arcFlow) {
        int[] start = new int[network.vertices() + 1];
        for (int arc = 0; arc < network.arcs(); arc++) {
            start[network.from(arc)]++;
            start[network.to(arc)]++;
        }
        for (int v = 0, sum = 0; v <= network.vertices(); v++) {
            sum += start[v];
            start[v] = sum;
        }
        int[] incident = new int[2 * network.arcs()];
        for (int arc = 0; arc < network.arcs(); arc++) {
            incident[--start[network.from(arc)]] = arc;
            incident[--start[network.to(arc)]] = arc;
        }
        boolean[] seen = new boolean[network.vertices()];
        int[] queue = new int[network.vertices()];
        int count = 1;
        queue[0] = network.source();
        seen[network.source()] = true;
        for (int at = 0; at < count; at++) {
            int v = queue[at];
            for (int k = start[v]; k < start[v + 1]; k++) {
                int arc = incident[k];
                boolean forward = network.from(arc) == v;
                int w = forward ? network.to(arc) : network.from(arc);
                boolean open = forward ? arcFlow[arc] < network.capacity(arc) : arcFlow[arc] > 0;
                if (open && !seen[w]) {
                    seen[w] = true;
                    queue[count++] = w;
                }
            }
        }
        return seen;
    }
}
