package org.partiflow.solvers.network;

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
}
