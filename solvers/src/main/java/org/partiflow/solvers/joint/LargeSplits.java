package org.partiflow.solvers.joint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.solvers.network.RouteTable;
import org.partiflow.solvers.pattern.ClassBound;
import org.partiflow.solvers.pattern.JointClassBound;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;

/**
 * Splits a cluster with too many patterns to list. The linear program over patterns of node classes ({@link JointClassBound})
 * bounds every joint plan and says how many GPUs of each class each tenant should get; these are rounded, nodes being left
 * whole where that is possible. Where a cluster has too many node classes for it, every class is divided in proportion to what
 * the tenants need. Then GPUs are handed from the tenant that is served best to the one that is served least, class by class,
 * as long as that helps. Not thread-safe.
 */
final class LargeSplits {
    private static final double EVEN = 1.02;

    private final TenantPlans plans;
    private final SplitMaker maker;
    private final int mostPlans;
    private final NodeClasses classes;
    private final List<ClassBound> bounds = new ArrayList<>();
    private final Set<List<List<Integer>>> tried = new HashSet<>();

    /** How many GPUs of each node each tenant gets, and what that comes to. */
    @SuppressWarnings("ArrayRecordComponent") // never written to after construction
    private record Valued(int[][] counts, Split split) {}

    LargeSplits(TenantPlans plans, SplitMaker maker, int mostPlans) {
        this.plans = plans;
        this.maker = maker;
        this.mostPlans = mostPlans;
        classes = new NodeClasses(plans.cluster);
        for (int t = 0; t < plans.tenants(); t++) {
            PlanningProblem problem = plans.request.tenants().get(t).problem();
            StrategySearch search = new StrategySearch(
                    problem,
                    plans.request.costModels().get(t),
                    LatencyLimits.of(
                            plans.request.options().objective(),
                            problem.workload().slo()));
            ClassBound.of(
                            problem,
                            classes,
                            search,
                            new RouteTable(problem, search).overlapsPrefill(),
                            plans.request.control().threads(),
                            plans.budget::mayGoOn)
                    .ifPresent(bounds::add);
        }
    }

    /** The best split that was found; {@code null} if none serves every tenant. */
    @Nullable
    Split search() {
        Valued current = valued(rounded(start()), null);
        while (current != null && plans.made() < mostPlans && plans.budget.mayGoOn()) {
            Valued next = handedOver(current);
            if (next == null) {
                break;
            }
            current = next;
        }
        return current == null ? null : current.split;
    }

    /**
     * A bound on the served share of every joint plan of the covered space.
     *
     * @param found the split that was found
     */
    Optional<JointPlan.Certificate> certificate(Split found) {
        if (!isBounded()) {
            return Optional.empty();
        }
        List<List<GpuSet>> groups = found.parts().stream().map(this::sets).toList();
        JointClassBound program = new JointClassBound(bounds, required(), groups);
        double bound = program.solve().share();
        return Optional.of(new JointPlan.Certificate(bound, 0, program.covers()));
    }

    private boolean isBounded() {
        return bounds.size() == plans.tenants();
    }

    private double[] required() {
        return IntStream.range(0, plans.tenants()).mapToDouble(plans::required).toArray();
    }

    private List<GpuSet> sets(JointPlan.Part part) {
        List<GpuSet> sets = new ArrayList<>();
        for (ServingGroup group : part.plan().groups()) {
            int[] counts = new int[plans.cluster.nodeCount()];
            group.stages()
                    .forEach(stage -> stage.gpus()
                            .forEach(gpu -> counts[
                                    plans.cluster.nodeOf(
                                            plans.cluster.findGpu(gpu).orElseThrow())]++));
            sets.add(GpuSet.of(classes, counts));
        }
        return sets;
    }

    /** GPUs per tenant and class, as fractions. */
    private double[][] start() {
        double[] weights = new double[plans.tenants()];
        int[] all = new int[plans.cluster.nodeCount()];
        Arrays.setAll(all, n -> plans.cluster.node(n).count());
        if (isBounded()) {
            List<List<GpuSet>> none =
                    bounds.stream().map(b -> List.<GpuSet>of()).toList();
            return new JointClassBound(bounds, required(), none).solve().gpus();
        }
        for (int t = 0; t < weights.length; t++) {
            double alone = plans.plan(t, all).requestsPerSecond();
            weights[t] = alone > 0 ? plans.required(t) / alone : 1;
        }
        double sum = Arrays.stream(weights).sum();
        double[][] shares = new double[weights.length][classes.count()];
        for (int n = 0; n < all.length; n++) {
            for (int t = 0; t < weights.length; t++) {
                shares[t][classes.classOf(n)] += all[n] * weights[t] / sum;
            }
        }
        return shares;
    }

    /** Whole GPUs of each node, by tenant and node; all GPUs are given away. */
    private int[][] rounded(double[][] shares) {
        int[][] counts = new int[plans.tenants()][plans.cluster.nodeCount()];
        for (int c = 0; c < classes.count(); c++) {
            List<Integer> nodes = nodesOf(c);
            int[] quotas = quotas(
                    shares,
                    c,
                    nodes.stream().mapToInt(n -> plans.cluster.node(n).count()).sum());
            Integer[] order = IntStream.range(0, quotas.length)
                    .boxed()
                    .sorted((a, b) -> quotas[b] - quotas[a])
                    .toArray(Integer[]::new);
            List<Integer> left = new ArrayList<>(nodes);
            for (int t : order) {
                for (int n : List.copyOf(left)) {
                    if (plans.cluster.node(n).count() <= quotas[t]) {
                        counts[t][n] = plans.cluster.node(n).count();
                        quotas[t] -= counts[t][n];
                        left.remove(Integer.valueOf(n));
                    }
                }
            }
            for (int n : left) {
                int free = plans.cluster.node(n).count();
                for (int t : order) {
                    int part = Math.min(free, quotas[t]);
                    counts[t][n] = part;
                    quotas[t] -= part;
                    free -= part;
                }
            }
        }
        return counts;
    }

    private List<Integer> nodesOf(int nodeClass) {
        return IntStream.range(0, plans.cluster.nodeCount())
                .filter(n -> classes.classOf(n) == nodeClass)
                .boxed()
                .toList();
    }

    /** Largest remainders; what no tenant asks for is divided in proportion. */
    private static int[] quotas(double[][] shares, int nodeClass, int gpus) {
        double sum = 0;
        for (double[] share : shares) {
            sum += share[nodeClass];
        }
        int[] quotas = new int[shares.length];
        double[] rest = new double[shares.length];
        int given = 0;
        for (int t = 0; t < shares.length; t++) {
            double exact = sum > 0 ? shares[t][nodeClass] / sum * gpus : (double) gpus / shares.length;
            quotas[t] = (int) Math.floor(exact + 1e-9);
            rest[t] = exact - quotas[t];
            given += quotas[t];
        }
        for (; given < gpus; given++) {
            int most = 0;
            for (int t = 1; t < rest.length; t++) {
                most = rest[t] > rest[most] ? t : most;
            }
            quotas[most]++;
            rest[most] -= 1;
        }
        return quotas;
    }

    /** GPUs handed from the best served tenant to the least served, of the class with which that helps most. */
    private @Nullable Valued handedOver(Valued current) {
        List<JointPlan.Part> parts = current.split.parts();
        int poor = 0;
        int rich = 0;
        for (int t = 1; t < parts.size(); t++) {
            poor = parts.get(t).servedShare() < parts.get(poor).servedShare() ? t : poor;
            rich = parts.get(t).servedShare() > parts.get(rich).servedShare() ? t : rich;
        }
        double low = parts.get(poor).servedShare();
        double high = parts.get(rich).servedShare();
        if (high <= low * EVEN) {
            return null;
        }
        int total = Arrays.stream(current.counts[rich]).sum();
        int moved = Math.max(1, (int) Math.round(total * (high - low) / (2 * high)));
        for (int size = moved; size >= 1; size /= 2) {
            Valued best = null;
            for (int c = 0; c < classes.count() && plans.made() < mostPlans; c++) {
                int[][] counts = given(current.counts, rich, poor, c, size);
                Valued next = counts == null ? null : valued(counts, current.split);
                if (next != null && next.split.isBetterThan(best == null ? current.split : best.split)) {
                    best = next;
                }
            }
            if (best != null) {
                return best;
            }
        }
        return null;
    }

    /** Takes from nodes that the giver has least of first, so that whole nodes stay whole. */
    private int @Nullable [][] given(int[][] counts, int from, int to, int nodeClass, int gpus) {
        int[][] changed = Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
        List<Integer> nodes = new ArrayList<>(nodesOf(nodeClass));
        nodes.sort((a, b) -> counts[from][a] != counts[from][b] ? counts[from][a] - counts[from][b] : a - b);
        int left = gpus;
        for (int n : nodes) {
            int part = Math.min(left, changed[from][n]);
            changed[from][n] -= part;
            changed[to][n] += part;
            left -= part;
        }
        boolean isEmpty = left == gpus || Arrays.stream(changed[from]).sum() == 0;
        return isEmpty ? null : changed;
    }

    private @Nullable Valued valued(int[][] counts, @Nullable Split than) {
        List<List<Integer>> key = Arrays.stream(counts)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
        if (!tried.add(key)) {
            return null;
        }
        List<TenantPlans.Planned> planned = new ArrayList<>();
        for (int t = 0; t < counts.length; t++) {
            planned.add(plans.plan(t, counts[t]));
            boolean worse = than != null && planned.get(t).requestsPerSecond() / plans.required(t) < than.servedShare();
            if (worse || planned.get(t).plan().isEmpty()) {
                return null;
            }
        }
        Split split = maker.of(planned);
        return split == null ? null : new Valued(counts, split);
    }
}
