package org.partiflow.solvers.network;

import java.util.Comparator;
import java.util.List;

/**
 * How requests flow through groups. Indexes refer to the list of groups that was allocated.
 *
 * @param requestsPerSecond total
 * @param groupFlow requests per second through each group
 * @param flows used routes, by prefill and then decode group
 * @param tightGroups groups in the bottleneck
 * @param tightRoutes routes in the bottleneck
 * @param tightLinks shared links in the bottleneck
 * @param prices what the capacities are worth: they prove that no flow is greater
 */
@SuppressWarnings("ArrayRecordComponent") // hot in planning; never written to after construction
public record Allocation(
        double requestsPerSecond,
        double[] groupFlow,
        List<RouteFlow> flows,
        List<Integer> tightGroups,
        List<RouteFlow> tightRoutes,
        List<Integer> tightLinks,
        FlowPrices prices) {
    /** Flow on a route from group {@code from} to group {@code to}. */
    public record RouteFlow(int from, int to, double requestsPerSecond) {}

    /** The same flow where group {@code g} is at {@code positions[g]}; without prices. */
    public Allocation moved(int[] positions) {
        double[] movedFlow = new double[groupFlow.length];
        for (int g = 0; g < groupFlow.length; g++) {
            movedFlow[positions[g]] = groupFlow[g];
        }
        return new Allocation(
                requestsPerSecond,
                movedFlow,
                moved(flows, positions),
                tightGroups.stream().map(g -> positions[g]).sorted().toList(),
                moved(tightRoutes, positions),
                tightLinks,
                FlowPrices.UNKNOWN);
    }

    private static List<RouteFlow> moved(List<RouteFlow> flows, int[] positions) {
        return flows.stream()
                .map(flow -> new RouteFlow(positions[flow.from()], positions[flow.to()], flow.requestsPerSecond()))
                .sorted(Comparator.comparingInt(RouteFlow::from).thenComparingInt(RouteFlow::to))
                .toList();
    }
}
