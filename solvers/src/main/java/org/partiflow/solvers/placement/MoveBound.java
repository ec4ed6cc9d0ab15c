package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.FlowPrices;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.KvRoute;
import org.partiflow.solvers.network.RouteTable;

/**
 * The most that can flow after a move, from the prices of the flow before it, without solving a flow.
 *
 * <p>Groups that stay, their routes and the shared links keep their prices. A new group is priced so that each of its
 * routes costs at least one: either its own rate bears what the dearest route lacks, or each route bears it; the cheaper
 * counts. These prices are feasible for the dual of the new flow, whose value therefore bounds it. So do the supplies of
 * both phases. O(groups) for each new group. Not thread-safe.
 */
final class MoveBound {
    private final RouteTable routes;
    private final Layout layout;
    private final FlowPrices prices;
    private final boolean known;

    MoveBound(RouteTable routes, Layout layout) {
        this.routes = routes;
        this.layout = layout;
        prices = layout.allocation().prices();
        known = prices != FlowPrices.UNKNOWN;
    }

    /** Requests per second that the changed groups cannot exceed. */
    double of(Move move, List<Group> changed) {
        double ceiling = Layout.ceiling(changed);
        return known ? Math.min(ceiling, dual(move) + Layout.supply(changed, Phase.COLOCATED)) : ceiling;
    }

    private double dual(Move move) {
        double value = prices.linkValue();
        List<Group> priced = new ArrayList<>();
        List<Double> price = new ArrayList<>();
        boolean[] stays = new boolean[layout.groups().size()];
        for (int g = 0; g < stays.length; g++) {
            Group group = layout.groups().get(g);
            stays[g] = !move.without().contains(group);
            if (stays[g] && group.phase() != Phase.COLOCATED) {
                priced.add(group);
                price.add(prices.groups()[g]);
                value += prices.groups()[g] * group.requestsPerSecond();
            }
        }
        for (FlowPrices.RouteValue route : prices.routes()) {
            value += stays[route.from()] && stays[route.to()] ? route.requestsPerSecond() : 0;
        }
        for (Phase phase : List.of(Phase.PREFILL, Phase.DECODE)) {
            for (Group group : move.with()) {
                if (group.phase() == phase && group.strategy().isFeasible()) {
                    value += priced(group, priced, price);
                }
            }
        }
        return value;
    }

    /** Prices a group against those of the other phase, which adds it to them; what it adds to the value. */
    private double priced(Group group, List<Group> others, List<Double> price) {
        double dearest = 0;
        double onRoutes = 0;
        for (int i = 0; i < others.size(); i++) {
            Group other = others.get(i);
            if (other.phase() == group.phase() || !other.strategy().isFeasible() || price.get(i) >= 1) {
                continue;
            }
            KvRoute route = group.phase() == Phase.PREFILL ? routes.route(group, other) : routes.route(other, group);
            double lacking = 1 - price.get(i) - prices.of(route);
            if (lacking > 0 && route.requestsPerSecond() > 0) {
                dearest = Math.max(dearest, lacking);
                onRoutes += lacking * route.requestsPerSecond();
            }
        }
        double own = dearest * group.requestsPerSecond();
        others.add(group);
        price.add(onRoutes < own ? 0 : dearest);
        return Math.min(own, onRoutes);
    }
}
