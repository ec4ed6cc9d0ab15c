package org.partiflow.solvers.joint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.workload.LengthMoments;
import org.partiflow.solvers.lp.PackingLp;
import org.partiflow.solvers.lp.PackingLpSolution;

/**
 * Holds the caches of all tenants together within the links that they share. Plans that do not meet on a link are left as they
 * are. Otherwise the flows of their routes are lowered by two linear programs: the first maximises the least served share, the
 * second what is left beside that. Stateless but for the tenants.
 */
final class SharedFlow {
    /** A hair below the vertex, so that rounding in the simplex cannot break a capacity. */
    private static final double BELOW = 1 - 1e-9;

    private final List<Tenant> tenants;
    private final SharedLinks shared;

    /** A route of a tenant: what a request per second takes of each link's capacity. */
    private record Use(int tenant, Route route, Map<Integer, Double> perRequest) {}

    SharedFlow(List<Tenant> tenants) {
        this.tenants = tenants;
        shared = new SharedLinks(tenants.get(0).problem().cluster());
    }

    /** The plans with flows that fit. */
    List<ServingPlan> fitted(List<ServingPlan> plans) {
        List<Use> uses = new ArrayList<>();
        for (int t = 0; t < plans.size(); t++) {
            for (Route route : plans.get(t).routes()) {
                uses.add(new Use(t, route, perRequest(tenants.get(t).problem(), plans.get(t), route)));
            }
        }
        Map<Integer, Double> load = new TreeMap<>();
        for (Use use : uses) {
            use.perRequest.forEach(
                    (link, each) -> load.merge(link, each * use.route.flowRequestsPerSecond(), Double::sum));
        }
        List<Integer> full = load.entrySet().stream()
                .filter(entry -> entry.getValue() > 1 + 1e-9)
                .map(Map.Entry::getKey)
                .toList();
        return full.isEmpty()
                ? plans
                : lowered(plans, uses, load.keySet().stream().toList(), full);
    }

    private Map<Integer, Double> perRequest(PlanningProblem problem, ServingPlan plan, Route route) {
        KvTraffic traffic = KvTraffic.between(
                problem.model(),
                problem.serving().kvProtocol(),
                shared,
                stages(problem, plan, route.from()),
                stages(problem, plan, route.to()));
        double prompt = problem.workload().moments().prompt();
        Map<Integer, Double> perRequest = new TreeMap<>();
        for (int i = 0; i < traffic.links().size(); i++) {
            int link = traffic.links().get(i);
            double capacity =
                    KvTraffic.effectiveBytesPerSecond(shared, problem.serving().kvProtocol(), link);
            perRequest.put(link, prompt * traffic.bytesPerToken().get(i) / capacity);
        }
        return perRequest;
    }

    private static List<KvTraffic.Holder> stages(PlanningProblem problem, ServingPlan plan, String id) {
        ServingGroup group = plan.groups().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("a route names group '" + id + "', which is not there"));
        return group.stages().stream()
                .map(stage -> new KvTraffic.Holder(gpus(problem, stage), stage.firstLayer(), stage.layers()))
                .toList();
    }

    private static int[] gpus(PlanningProblem problem, Stage stage) {
        return stage.gpus().stream()
                .mapToInt(gpu -> problem.cluster().findGpu(gpu).orElseThrow())
                .toArray();
    }

    private List<ServingPlan> lowered(
            List<ServingPlan> plans, List<Use> uses, List<Integer> links, List<Integer> full) {
        double[] flow = new double[uses.size()];
        add(flow, leastShare(plans, uses, links));
        add(flow, remaining(plans, uses, links, flow));
        List<ServingPlan> lowered = new ArrayList<>();
        for (int t = 0; t < plans.size(); t++) {
            Map<Route, Double> ofTenant = new HashMap<>();
            for (int u = 0; u < flow.length; u++) {
                if (uses.get(u).tenant == t) {
                    ofTenant.put(uses.get(u).route, flow[u] * BELOW);
                }
            }
            lowered.add(withFlows(tenants.get(t).problem(), plans.get(t), ofTenant, full));
        }
        return lowered;
    }

    private static void add(double[] flow, double[] more) {
        for (int u = 0; u < flow.length; u++) {
            flow[u] += more[u];
        }
    }

    /** Columns: the share, then the routes. Rows: links, then one per tenant. */
    private double[] leastShare(List<ServingPlan> plans, List<Use> uses, List<Integer> links) {
        double[] limits = new double[links.size() + plans.size()];
        java.util.Arrays.fill(limits, 0, links.size(), 1);
        int[] rows = new int[plans.size()];
        double[] ones = new double[plans.size()];
        for (int t = 0; t < plans.size(); t++) {
            rows[t] = links.size() + t;
            ones[t] = 1;
            limits[rows[t]] = colocated(plans.get(t)) / tenants.get(t).requiredRequestsPerSecond();
        }
        PackingLp.Builder lp = PackingLp.builder(limits);
        lp.addColumn(1, rows, ones);
        for (Use use : uses) {
            addRoute(lp, use, links, 0, use.route.flowRequestsPerSecond(), true);
        }
        PackingLpSolution solution = lp.build().solve();
        return java.util.Arrays.copyOfRange(solution.x(), 1, uses.size() + 1);
    }

    /** The most that fits beside the flows so far, each request counted over its tenant's required rate. */
    private double[] remaining(List<ServingPlan> plans, List<Use> uses, List<Integer> links, double[] flow) {
        double[] limits = new double[links.size()];
        java.util.Arrays.fill(limits, 1);
        for (int u = 0; u < flow.length; u++) {
            for (Map.Entry<Integer, Double> entry : uses.get(u).perRequest.entrySet()) {
                int row = links.indexOf(entry.getKey());
                limits[row] = Math.max(0, limits[row] - flow[u] * entry.getValue());
            }
        }
        PackingLp.Builder lp = PackingLp.builder(limits);
        for (int u = 0; u < flow.length; u++) {
            Use use = uses.get(u);
            double worth = 1 / tenants.get(use.tenant).requiredRequestsPerSecond();
            addRoute(lp, use, links, worth, Math.max(0, use.route.flowRequestsPerSecond() - flow[u]), false);
        }
        return lp.build().solve().x();
    }

    private void addRoute(
            PackingLp.Builder lp, Use use, List<Integer> links, double value, double most, boolean counted) {
        int size = use.perRequest.size();
        int[] rows = new int[size + (counted ? 1 : 0)];
        double[] coefficients = new double[rows.length];
        int i = 0;
        for (Map.Entry<Integer, Double> entry : use.perRequest.entrySet()) {
            rows[i] = links.indexOf(entry.getKey());
            coefficients[i++] = entry.getValue();
        }
        if (counted) {
            rows[i] = links.size() + use.tenant;
            coefficients[i] = -1 / tenants.get(use.tenant).requiredRequestsPerSecond();
        }
        lp.addColumn(value, rows, coefficients, most);
    }

    private static double colocated(ServingPlan plan) {
        return plan.groups(Phase.COLOCATED).stream()
                .mapToDouble(ServingGroup::flowRequestsPerSecond)
                .sum();
    }

    private ServingPlan withFlows(
            PlanningProblem problem, ServingPlan plan, Map<Route, Double> flows, List<Integer> full) {
        Map<String, Double> through = new HashMap<>();
        flows.forEach((route, flow) -> {
            through.merge(route.from(), flow, Double::sum);
            through.merge(route.to(), flow, Double::sum);
        });
        List<ServingGroup> groups = plan.groups().stream()
                .map(group -> group.phase() == Phase.COLOCATED
                        ? group
                        : withFlow(group, through.getOrDefault(group.id(), 0.0)))
                .toList();
        List<Route> routes = plan.routes().stream()
                .filter(route -> flows.getOrDefault(route, 0.0) > 0)
                .map(route -> new Route(
                        route.from(),
                        route.to(),
                        flows.getOrDefault(route, 0.0),
                        route.capacityRequestsPerSecond(),
                        flows.getOrDefault(route, 0.0) / through.getOrDefault(route.from(), 1.0),
                        route.protocol()))
                .toList();
        double rate = groups.stream()
                .filter(group -> group.phase() != Phase.DECODE)
                .mapToDouble(ServingGroup::flowRequestsPerSecond)
                .sum();
        LengthMoments lengths = problem.workload().moments();
        double outputTokens = rate * lengths.output();
        double bound = plan.certificate().upperBoundRequestsPerSecond();
        double perHour = plan.cost().usdPerHour();
        return new ServingPlan(
                plan.generator(),
                plan.inputs(),
                groups,
                routes,
                new ServingPlan.Throughput(rate, outputTokens, rate * (lengths.prompt() + lengths.output())),
                new ServingPlan.Certificate(
                        bound,
                        bound > 0 ? 1 - rate / bound : 0,
                        plan.certificate().covers(),
                        full.stream().map(link -> "link:" + shared.id(link)).toList()),
                plan.unusedGpus(),
                new ServingPlan.Cost(perHour, outputTokens > 0 ? perHour / 3600 / outputTokens * 1e6 : 0),
                plan.alternatives(),
                plan.termination(),
                plan.warnings());
    }

    private static ServingGroup withFlow(ServingGroup group, double flow) {
        return new ServingGroup(
                group.id(),
                group.phase(),
                group.stages(),
                group.batch(),
                group.capacityRequestsPerSecond(),
                flow,
                group.latencySeconds(),
                group.weightBytesPerGpu(),
                group.kvCapacityTokens());
    }
}
