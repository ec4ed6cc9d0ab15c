package org.partiflow.solvers.network;

import java.util.List;

/**
 * Dual prices of a flow, in requests per second for one more unit of a capacity: of the minimum cut, or of the packing LP
 * where shared links bind. By weak duality the value of all capacities at these prices bounds the flow, and still does
 * after groups were replaced if the new ones are priced so that no route is worth less than a request. Immutable.
 *
 * @param groups price of each group's rate, by position; of groups of any phase but colocated
 * @param routes value of each route that has a price of its own
 * @param links shared links with a price
 * @param linkPrices price of each of them, per byte per second
 * @param linkValue value of all shared links
 */
@SuppressWarnings("ArrayRecordComponent") // hot in planning; never written to after construction
public record FlowPrices(double[] groups, List<RouteValue> routes, int[] links, double[] linkPrices, double linkValue) {
    /** Of a flow without prices. */
    public static final FlowPrices UNKNOWN = new FlowPrices(new double[0], List.of(), new int[0], new double[0], 0);

    /** A route's capacity times its price. */
    public record RouteValue(int from, int to, double requestsPerSecond) {}

    /** What a request pays on the shared links of a route. */
    public double of(KvRoute route) {
        double sum = 0;
        for (int i = 0; i < links.length; i++) {
            for (int j = 0; j < route.links().length; j++) {
                if (route.links()[j] == links[i]) {
                    sum += linkPrices[i] * route.bytesPerRequest()[j];
                }
            }
        }
        return sum;
    }
}
