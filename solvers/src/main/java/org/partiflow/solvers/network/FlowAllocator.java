package org.partiflow.solvers.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.partiflow.api.flow.FlowCertificate;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.solvers.lp.PackingLp;
import org.partiflow.solvers.lp.PackingLpSolution;
import org.partiflow.solvers.strategy.GroupStrategy;

/**
 * Maximises the requests per second through groups and KV routes.
 *
 * <p>Without shared links this is a max flow in the network source, prefill groups, decode groups, sink. A request's
 * cache uses several shared links at once, in proportions that differ from route to route, which no arc can express: so
 * the max flow is solved first, and only if its routes overload a shared link is the same program solved as a packing LP
 * with the links as rows. Both are exact. Where there are too many pairs of groups for that, {@link SparseFlow} finds a
 * feasible flow through few of them. Flows are rounded down to {@link #UNITS_PER_REQUEST}, or to
 * fewer units where the solver is exact for small capacities only.
 */
public final class FlowAllocator {
    /** Flow units that make one request per second: the rounding loss of a flow is below one unit. */
    public static final double UNITS_PER_REQUEST = 1e9;

    private static final double PRICE_TOLERANCE = 1e-9;
    /** Pairs of prefill and decode groups up to which a search looks at all of them. */
    private static final long MOST_PAIRS_SEARCHED = 196;
    /** The same for the finished plan, which is allocated once. */
    private static final long MOST_PAIRS_FINISHED = 1_024;

    private static final double NEARLY = 1e-6;

    private final MaxFlowSolver solver;
    private final RouteTable routes;

    /** Allocates with flows by {@code solver} over routes of {@code routes}. */
    public FlowAllocator(MaxFlowSolver solver, RouteTable routes) {
        this.solver = solver;
        this.routes = routes;
    }

    /** Allocates over representative GPUs: what a search compares. */
    public Allocation allocate(List<Group> groups) {
        return searched(groups, (from, to) -> routes.route(groups.get(from), groups.get(to)));
    }

    /** Allocates over routes that the caller makes, over few of them where there are many: what a search compares. */
    public Allocation searched(List<Group> groups, RouteMaker maker) {
        return pairs(groups) <= MOST_PAIRS_SEARCHED
                ? allocate(groups, maker)
                : new SparseFlow(routes, groups, maker).allocate();
    }

    /** The routes between groups that a search compares. */
    public RouteTable routes() {
        return routes;
    }

    /** Makes the route between two groups, given their positions. */
    @FunctionalInterface
    public interface RouteMaker {
        /** The route between the groups at two positions. */
        KvRoute route(int from, int to);
    }

    /**
     * Allocates over real GPUs, ports inside nodes shared: what the finished plan promises.
     *
     * @param gpus GPUs of each group
     */
    public Allocation allocate(List<Group> groups, List<int[]> gpus) {
        RouteMaker maker =
                (from, to) -> routes.route(groups.get(from), gpus.get(from), groups.get(to), gpus.get(to), true);
        long pairs = pairs(groups);
        Allocation sparse = pairs <= MOST_PAIRS_SEARCHED ? null : new SparseFlow(routes, groups, maker).allocate();
        if (sparse != null && (pairs > MOST_PAIRS_FINISHED || reachesCeiling(groups, sparse))) {
            return sparse;
        }
        Allocation dense = allocate(groups, maker);
        return sparse != null && sparse.requestsPerSecond() > dense.requestsPerSecond() ? sparse : dense;
    }

    private static long pairs(List<Group> groups) {
        long prefill = groups.stream().filter(g -> g.phase() == Phase.PREFILL).count();
        long decode = groups.stream().filter(g -> g.phase() == Phase.DECODE).count();
        return prefill * decode;
    }

    /** Whether the groups' own rates allow no more. */
    private static boolean reachesCeiling(List<Group> groups, Allocation allocation) {
        double prefill = supply(groups, Phase.PREFILL);
        double ceiling = Math.min(prefill, supply(groups, Phase.DECODE)) + supply(groups, Phase.COLOCATED);
        return allocation.requestsPerSecond() >= ceiling * (1 - NEARLY);
    }

    private static double supply(List<Group> groups, Phase phase) {
        return groups.stream()
                .filter(group -> group.phase() == phase)
                .mapToDouble(Group::requestsPerSecond)
                .sum();
    }

    /** Allocates over routes that the caller makes. */
    public Allocation allocate(List<Group> groups, RouteMaker maker) {
        Instance instance = new Instance(groups);
        for (int p : instance.prefill) {
            for (int d : instance.decode) {
                KvRoute route = maker.route(p, d);
                if (route.requestsPerSecond() > 0) {
                    instance.arcs.add(new Arc(p, d, route));
                }
            }
        }
        instance.reserveStaging(routes.overlapsPrefill());
        MaxFlow flow = solve(instance);
        double[] arcFlow = new double[instance.arcs.size()];
        for (int a = 0; a < arcFlow.length; a++) {
            arcFlow[a] = flow.arcFlow()[instance.prefill.length + instance.decode.length + a] / instance.units;
        }
        return overloads(instance, arcFlow) ? packed(instance) : fromFlow(instance, flow, arcFlow);
    }

    private MaxFlow solve(Instance instance) {
        int count = instance.groups.size();
        int source = count;
        int sink = count + 1;
        instance.units = units(instance);
        FlowNetwork.Builder builder = FlowNetwork.builder(count + 2, source, sink);
        for (int p : instance.prefill) {
            builder.addArc(source, p, instance.toUnits(instance.rates[p]));
        }
        for (int d : instance.decode) {
            builder.addArc(d, sink, instance.toUnits(instance.rates[d]));
        }
        for (Arc arc : instance.arcs) {
            builder.addArc(arc.from, arc.to, instance.toUnits(instance.useful(arc)));
        }
        FlowNetwork network = builder.build();
        MaxFlow flow = solver.solve(network);
        List<String> violations = FlowCertificate.violations(network, flow);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("max flow solver '" + solver.name() + "' returned a flow that is not "
                    + "maximal: " + violations.get(0));
        }
        return flow;
    }

    private boolean overloads(Instance instance, double[] arcFlow) {
        TreeMap<Integer, Double> load = new TreeMap<>();
        for (int a = 0; a < arcFlow.length; a++) {
            KvRoute route = instance.arcs.get(a).route;
            for (int i = 0; i < route.links().length; i++) {
                load.merge(route.links()[i], arcFlow[a] * route.bytesPerRequest()[i], Double::sum);
            }
        }
        return load.entrySet().stream().anyMatch(e -> e.getValue() > routes.capacity(e.getKey()));
    }

    private Allocation fromFlow(Instance instance, MaxFlow flow, double[] arcFlow) {
        boolean[] near = flow.sourceSide();
        List<Integer> tight = new ArrayList<>();
        for (int p : instance.prefill) {
            if (!near[p]) {
                tight.add(p);
            }
        }
        for (int d : instance.decode) {
            if (near[d]) {
                tight.add(d);
            }
        }
        List<Allocation.RouteFlow> tightRoutes = new ArrayList<>();
        for (int a = 0; a < arcFlow.length; a++) {
            Arc arc = instance.arcs.get(a);
            if (near[arc.from] && !near[arc.to]) {
                tightRoutes.add(new Allocation.RouteFlow(arc.from, arc.to, arcFlow[a]));
            }
        }
        return instance.allocation(arcFlow, tight, tightRoutes, List.of(), cutPrices(instance, tight, near));
    }

    /** One for every capacity in the minimum cut. */
    private static FlowPrices cutPrices(Instance instance, List<Integer> tight, boolean[] near) {
        double[] groupPrices = new double[instance.groups.size()];
        tight.forEach(g -> groupPrices[g] = 1);
        List<FlowPrices.RouteValue> values = new ArrayList<>();
        for (Arc arc : instance.arcs) {
            if (near[arc.from] && !near[arc.to]) {
                values.add(new FlowPrices.RouteValue(arc.from, arc.to, instance.useful(arc)));
            }
        }
        return new FlowPrices(groupPrices, values, new int[0], new double[0], 0);
    }

    private Allocation packed(Instance instance) {
        TreeMap<Integer, Integer> rowOfLink = new TreeMap<>();
        instance.arcs.forEach(arc -> Arrays.stream(arc.route.links()).forEach(link -> rowOfLink.put(link, 0)));
        int row = instance.groups.size();
        for (Integer link : List.copyOf(rowOfLink.keySet())) {
            rowOfLink.put(link, row++);
        }
        double[] limits = new double[row];
        for (int g = 0; g < instance.groups.size(); g++) {
            limits[g] = instance.rates[g];
        }
        rowOfLink.forEach((link, r) -> limits[r] = routes.capacity(link));
        PackingLp.Builder lp = PackingLp.builder(limits);
        for (Arc arc : instance.arcs) {
            KvRoute route = arc.route;
            int[] rows = new int[2 + route.links().length];
            double[] coefficients = new double[rows.length];
            rows[0] = arc.from;
            rows[1] = arc.to;
            coefficients[0] = 1;
            coefficients[1] = 1;
            for (int i = 0; i < route.links().length; i++) {
                rows[i + 2] = rowOfLink.getOrDefault(route.links()[i], -1);
                coefficients[i + 2] = route.bytesPerRequest()[i];
            }
            lp.addColumn(1, rows, coefficients, route.requestsPerSecond());
        }
        PackingLpSolution solution = lp.build().solve();
        return fromLp(instance, solution, rowOfLink, limits);
    }

    private static Allocation fromLp(
            Instance instance, PackingLpSolution solution, TreeMap<Integer, Integer> rowOfLink, double[] limits) {
        double[] arcFlow = new double[instance.arcs.size()];
        List<FlowPrices.RouteValue> values = new ArrayList<>();
        List<Allocation.RouteFlow> tightRoutes = new ArrayList<>();
        for (int a = 0; a < arcFlow.length; a++) {
            // A hair below the vertex, so that rounding in the simplex cannot break a capacity.
            arcFlow[a] = Math.floor(solution.x()[a] * (1 - 1e-12) * UNITS_PER_REQUEST) / UNITS_PER_REQUEST;
            arcFlow[a] = Math.max(0, arcFlow[a]);
            if (solution.boundPrices()[a] > PRICE_TOLERANCE) {
                Arc arc = instance.arcs.get(a);
                tightRoutes.add(new Allocation.RouteFlow(arc.from, arc.to, arcFlow[a]));
                values.add(new FlowPrices.RouteValue(
                        arc.from, arc.to, solution.boundPrices()[a] * arc.route.requestsPerSecond()));
            }
        }
        List<Integer> tightGroups = new ArrayList<>();
        for (int g = 0; g < instance.groups.size(); g++) {
            if (solution.rowPrices()[g] > PRICE_TOLERANCE) {
                tightGroups.add(g);
            }
        }
        List<Integer> tightLinks = rowOfLink.entrySet().stream()
                .filter(entry -> solution.rowPrices()[entry.getValue()] > 0)
                .map(Map.Entry::getKey)
                .toList();
        int[] links = tightLinks.stream().mapToInt(Integer::intValue).toArray();
        double[] linkPrices = new double[links.length];
        double linkValue = 0;
        for (int i = 0; i < links.length; i++) {
            int row = rowOfLink.getOrDefault(links[i], -1);
            linkPrices[i] = solution.rowPrices()[row];
            linkValue += linkPrices[i] * limits[row];
        }
        double[] groupPrices = Arrays.copyOf(solution.rowPrices(), instance.groups.size());
        FlowPrices prices = new FlowPrices(groupPrices, values, links, linkPrices, linkValue);
        return instance.allocation(arcFlow, tightGroups, tightRoutes, tightLinks, prices);
    }

    /** Units that keep the sum of all capacities within what the solver computes exactly. */
    private double units(Instance instance) {
        double sum = 0;
        for (int p : instance.prefill) {
            sum += instance.rates[p];
        }
        for (int d : instance.decode) {
            sum += instance.rates[d];
        }
        for (Arc arc : instance.arcs) {
            sum += instance.useful(arc);
        }
        double most = Math.min(solver.maxTotalCapacity(), FlowNetwork.MAX_CAPACITY);
        return Math.min(UNITS_PER_REQUEST, Math.floor(most / Math.max(1, sum)));
    }

    private record Arc(int from, int to, KvRoute route) {}

    /** One allocation's groups by phase, and its routes. */
    private static final class Instance {
        final List<Group> groups;
        final int[] prefill;
        final int[] decode;
        final List<Arc> arcs = new ArrayList<>();
        final double[] rates;
        double units = UNITS_PER_REQUEST;

        Instance(List<Group> groups) {
            this.groups = groups;
            rates = groups.stream().mapToDouble(Group::requestsPerSecond).toArray();
            prefill = active(Phase.PREFILL);
            decode = active(Phase.DECODE);
        }

        private int[] active(Phase phase) {
            return java.util.stream.IntStream.range(0, groups.size())
                    .filter(g -> groups.get(g).phase() == phase
                            && groups.get(g).strategy().isFeasible())
                    .toArray();
        }

        /** What a route could ever carry: beyond both its ends together, its own capacity cannot bind. */
        double useful(Arc arc) {
            return Math.min(arc.route.requestsPerSecond(), rates[arc.from] + rates[arc.to]);
        }

        long toUnits(double requestsPerSecond) {
            return (long) Math.floor(requestsPerSecond * units);
        }

        /**
         * Lowers the rates of decode groups by the room that caches on their way take up. A cache is reserved while it
         * travels, and where sending overlaps prefill, from the start of that.
         */
        void reserveStaging(boolean overlapsPrefill) {
            for (int d : decode) {
                double weight = 0;
                double seconds = 0;
                for (Arc arc : arcs) {
                    if (arc.to == d) {
                        double each = 1 / arc.route.requestsPerSecond()
                                + (overlapsPrefill
                                        ? groups.get(arc.from).strategy().latencySeconds()
                                        : 0);
                        double share = Math.min(arc.route.requestsPerSecond(), rates[arc.from]);
                        weight += share;
                        seconds += share * each;
                    }
                }
                GroupStrategy strategy = groups.get(d).strategy();
                if (weight > 0) {
                    rates[d] = Math.min(rates[d], strategy.stagedRequestsPerSecond(seconds / weight));
                }
            }
        }

        Allocation allocation(
                double[] arcFlow,
                List<Integer> tightGroups,
                List<Allocation.RouteFlow> tightRoutes,
                List<Integer> tightLinks,
                FlowPrices prices) {
            double[] groupFlow = new double[groups.size()];
            List<Allocation.RouteFlow> flows = new ArrayList<>();
            double total = 0;
            for (int a = 0; a < arcFlow.length; a++) {
                if (arcFlow[a] > 0) {
                    Arc arc = arcs.get(a);
                    groupFlow[arc.from] += arcFlow[a];
                    groupFlow[arc.to] += arcFlow[a];
                    total += arcFlow[a];
                    flows.add(new Allocation.RouteFlow(arc.from, arc.to, arcFlow[a]));
                }
            }
            List<Integer> tight = new ArrayList<>(tightGroups);
            for (int g = 0; g < groups.size(); g++) {
                Group group = groups.get(g);
                if (group.phase() == Phase.COLOCATED && group.strategy().isFeasible()) {
                    groupFlow[g] = Math.floor(group.requestsPerSecond() * UNITS_PER_REQUEST) / UNITS_PER_REQUEST;
                    total += groupFlow[g];
                    tight.add(g);
                }
            }
            return new Allocation(total, groupFlow, flows, tight, tightRoutes, tightLinks, prices);
        }
    }
}
