package org.partiflow.api.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * Proves a max flow in O(vertices + arcs), whatever solver made it: the flow respects capacities and conservation, and
 * its value equals the capacity of the reported cut, so neither can be improved (Ford and Fulkerson 1956). Stateless.
 */
public final class FlowCertificate {
    private FlowCertificate() {}

    /** Everything that is wrong with {@code flow}; empty if it is proven maximal. */
    public static List<String> violations(FlowNetwork network, MaxFlow flow) {
        List<String> violations = new ArrayList<>();
        if (flow.arcFlow().length != network.arcs() || flow.sourceSide().length != network.vertices()) {
            violations.add("the result has another size than the network");
            return violations;
        }
        long[] net = new long[network.vertices()];
        long cut = 0;
        for (int arc = 0; arc < network.arcs(); arc++) {
            long amount = flow.arcFlow()[arc];
            if (amount < 0 || amount > network.capacity(arc)) {
                violations.add("arc " + arc + " carries " + amount + " of " + network.capacity(arc));
            }
            net[network.from(arc)] -= amount;
            net[network.to(arc)] += amount;
            if (flow.sourceSide()[network.from(arc)] && !flow.sourceSide()[network.to(arc)]) {
                cut += network.capacity(arc);
            }
        }
        for (int v = 0; v < net.length; v++) {
            if (v != network.source() && v != network.sink() && net[v] != 0) {
                violations.add("vertex " + v + " does not conserve flow: " + net[v]);
            }
        }
        if (net[network.sink()] != flow.value() || net[network.source()] != -flow.value()) {
            violations.add("the value is " + flow.value() + " but the sink receives " + net[network.sink()]);
        }
        if (!flow.sourceSide()[network.source()] || flow.sourceSide()[network.sink()]) {
            violations.add("the cut does not separate source and sink");
        } else if (cut != flow.value()) {
            violations.add("the cut has capacity " + cut + ", not " + flow.value());
        }
        return violations;
    }
}
