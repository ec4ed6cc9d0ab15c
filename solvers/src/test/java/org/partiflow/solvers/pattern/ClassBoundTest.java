package org.partiflow.solvers.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.Workload;
import org.partiflow.solvers.bound.ComputeBound;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.network.FlowAllocator;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.network.RouteTable;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

class ClassBoundTest {
    private static final List<Phase> ALL = List.of(Phase.values());

    /** A cluster's bound, and what its packings really serve. */
    private record Case(PlanningProblem problem, CostModel costModel, StrategySearch search, ClassBound bound) {
        static Case of(Cluster cluster, TransformerModel model, Workload workload, int threads) {
            PlanningProblem problem = PlanningProblem.of(cluster, model, workload);
            CostModel costModel =
                    Strategies.named(CostModelFactory.class, "roofline").create(problem);
            StrategySearch search = new StrategySearch(problem, costModel, LatencyLimits.NONE);
            ClassBound bound = ClassBound.of(problem, new NodeClasses(cluster), search, true, threads, () -> true)
                    .orElseThrow();
            return new Case(problem, costModel, search, bound);
        }

        double flow(List<UpperBound.Suggestion> packing) {
            Groups groups = new Groups(search, Objective.THROUGHPUT, Optional.empty());
            List<Group> chosen =
                    packing.stream().map(s -> groups.of(s.set(), s.phase())).toList();
            MaxFlowSolver solver = Strategies.named(MaxFlowSolver.class, "push-relabel");
            return new FlowAllocator(solver, new RouteTable(problem, search))
                    .allocate(chosen)
                    .requestsPerSecond();
        }
    }

    @Test
    void onAMixedDataCentreThePackingsAreWithinTenPercentOfTheBound() {
        for (Workload workload : List.of(Workloads.hpld(), Workloads.hphd(), Workloads.lphd(), Workloads.lpld())) {
            Case big = Case.of(Clusters.dataCentre(32, 2), Models.llama2_70b(), workload, 2);
            UpperBound bound = big.bound().bound(ALL, () -> true);
            double best = bound.packings().stream().mapToDouble(big::flow).max().orElseThrow();
            assertThat(best).isBetween(0.9 * bound.requestsPerSecond(), bound.requestsPerSecond());
            assertThat(bound.requestsPerSecond())
                    .isLessThan(ComputeBound.of(big.problem(), big.costModel()).requestsPerSecond());
        }
    }

    @Test
    void packingsAreDisjointAndInTheSpace() {
        Case mixed = Case.of(Clusters.nodesOfEight(13, 3), Models.llama2_70b(), Workloads.hphd(), 1);
        UpperBound bound = mixed.bound().bound(ALL, () -> true);
        assertThat(bound.packings()).isNotEmpty();
        for (List<UpperBound.Suggestion> packing : bound.packings()) {
            for (int node = 0; node < 13; node++) {
                int n = node;
                assertThat(packing.stream().mapToInt(s -> s.set().countOf(n)).sum())
                        .isLessThanOrEqualTo(8);
            }
            assertThat(packing)
                    .allSatisfy(s ->
                            assertThat(mixed.bound().space().contains(s.set())).isTrue());
        }
    }

    @Test
    void theBoundDoesNotDependOnThreads() {
        Cluster cluster = Clusters.nodesOfEight(6, 2);
        UpperBound one = Case.of(cluster, Models.llama2_7b(), Workloads.lphd(), 1)
                .bound()
                .bound(ALL, () -> true);
        UpperBound three = Case.of(cluster, Models.llama2_7b(), Workloads.lphd(), 3)
                .bound()
                .bound(ALL, () -> true);
        assertThat(three.requestsPerSecond()).isEqualTo(one.requestsPerSecond());
        assertThat(three.packings()).hasToString(one.packings().toString());
    }

    @Test
    void twiceTheClusterHasTwiceTheBoundWhereZonesDoNotLimit() {
        double small = Case.of(Clusters.dataCentre(16, 1), Models.llama2_70b(), Workloads.hphd(), 2)
                .bound()
                .bound(ALL, () -> true)
                .requestsPerSecond();
        double large = Case.of(Clusters.dataCentre(32, 1), Models.llama2_70b(), Workloads.hphd(), 2)
                .bound()
                .bound(ALL, () -> true)
                .requestsPerSecond();
        assertThat(large / small).isBetween(2 - 1e-6, 2 + 1e-6);
    }
}
