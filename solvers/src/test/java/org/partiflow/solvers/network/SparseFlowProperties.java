package org.partiflow.solvers.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.Workload;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** The flow through few pairs keeps every limit, and comes close to the flow through all pairs where nodes are alike. */
class SparseFlowProperties {
    private static final double ROUNDING = 1e-6;

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any();
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Workloads.any();
    }

    /** Every node one or two groups, phases by chance. */
    private record Scene(RouteTable routes, List<Group> groups, FlowAllocator allocator) {
        static Scene of(Cluster cluster, Workload workload, long seed) {
            PlanningProblem problem = PlanningProblem.of(cluster, Models.llama2_7b(), workload);
            StrategySearch strategies = new StrategySearch(
                    problem,
                    Strategies.named(CostModelFactory.class, "roofline").create(problem),
                    LatencyLimits.NONE);
            RouteTable routes = new RouteTable(problem, strategies);
            Groups groups = new Groups(strategies, Objective.THROUGHPUT, Optional.empty());
            SplittableRandom random = new SplittableRandom(seed);
            NodeClasses classes = new NodeClasses(cluster);
            List<Group> made = new ArrayList<>();
            for (int n = 0; n < cluster.nodeCount(); n++) {
                int count = cluster.node(n).count();
                int first = 1 + random.nextInt(count);
                for (int part : new int[] {first, count - first}) {
                    if (part > 0) {
                        GpuSet set = GpuSet.of(classes, new int[] {n}, new int[] {part});
                        Group group = groups.of(set, Phase.values()[random.nextInt(3)]);
                        made.add(group);
                    }
                }
            }
            MaxFlowSolver solver = Strategies.named(MaxFlowSolver.class, "push-relabel");
            return new Scene(routes, made, new FlowAllocator(solver, routes));
        }

        Allocation sparse() {
            return new SparseFlow(routes, groups, (p, d) -> routes.route(groups.get(p), groups.get(d))).allocate();
        }
    }

    @Property(tries = 200, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void keepsEveryLimit(
            @ForAll("clusters") Cluster cluster, @ForAll("workloads") Workload workload, @ForAll long seed) {
        Scene scene = Scene.of(cluster, workload, seed);
        Allocation allocation = scene.sparse();
        Map<Integer, Double> load = new HashMap<>();
        double[] through = new double[scene.groups().size()];
        double total = 0;
        for (Allocation.RouteFlow flow : allocation.flows()) {
            KvRoute route = scene.routes()
                    .route(scene.groups().get(flow.from()), scene.groups().get(flow.to()));
            assertThat(flow.requestsPerSecond()).isPositive().isLessThanOrEqualTo(route.requestsPerSecond() + ROUNDING);
            for (int i = 0; i < route.links().length; i++) {
                load.merge(route.links()[i], flow.requestsPerSecond() * route.bytesPerRequest()[i], Double::sum);
            }
            through[flow.from()] += flow.requestsPerSecond();
            through[flow.to()] += flow.requestsPerSecond();
            total += flow.requestsPerSecond();
        }
        load.forEach((link, bytes) ->
                assertThat(bytes).isLessThanOrEqualTo(scene.routes().capacity(link) * (1 + ROUNDING)));
        for (int g = 0; g < through.length; g++) {
            Group group = scene.groups().get(g);
            if (group.phase() == Phase.COLOCATED) {
                total += allocation.groupFlow()[g];
            } else {
                assertThat(allocation.groupFlow()[g])
                        .isCloseTo(through[g], org.assertj.core.api.Assertions.within(1e-9));
            }
            assertThat(allocation.groupFlow()[g]).isLessThanOrEqualTo(group.requestsPerSecond() + ROUNDING);
        }
        assertThat(allocation.requestsPerSecond()).isCloseTo(total, org.assertj.core.api.Assertions.within(1e-6));
    }

    @Property(tries = 60, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void comesCloseToTheFlowThroughAllPairsWhereNodesAreAlike(
            @ForAll @IntRange(min = 2, max = 12) int nodes, @ForAll @IntRange(max = 100_000) int seed) {
        Scene scene = Scene.of(Clusters.nodesOfEight(nodes, 1), Workloads.hphd(), seed);
        double dense = scene.allocator().allocate(scene.groups()).requestsPerSecond();
        assertThat(scene.sparse().requestsPerSecond()).isGreaterThanOrEqualTo(0.9 * dense - ROUNDING);
    }
}
