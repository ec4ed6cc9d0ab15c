package org.partiflow.solvers.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** The label setting against all packings there are. */
class BestPackingProperties {
    private static final List<Phase> PHASES = List.of(Phase.values());

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(6);
    }

    @Property(tries = 150, seed = "11")
    void theBoundIsTheFlowOfTheBestPacking(@ForAll("clusters") Cluster cluster) {
        PlanningProblem problem = PlanningProblem.of(cluster, Models.llama2_7b(), Workloads.hpld());
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        StrategySearch search = new StrategySearch(problem, costModel, LatencyLimits.NONE);
        PatternTable table = PatternTable.of(problem, new NodeClasses(cluster), search, true, 1, () -> true)
                .orElseThrow();
        PatternBound bound = new PatternBound(problem, table, PHASES);
        LinkLoads loads =
                new LinkLoads(table, new LinkRows(problem, bound.relaxed().requestsPerSecond()));

        double best = best(table, loads, table.size() - 1, new ArrayList<>(), new ArrayList<>());

        UpperBound around = bound.around(best / 2);
        assertThat(around.requestsPerSecond()).isCloseTo(best, within(1e-8 * best));
        for (List<UpperBound.Suggestion> packing : around.packings()) {
            assertThat(packing).isNotEmpty();
        }
    }

    @Property(tries = 150, seed = "12")
    void aPatternIsWithinAnotherIfNoNodeGivesMore(@ForAll("clusters") Cluster cluster) {
        PlanningProblem problem = PlanningProblem.of(cluster, Models.llama2_7b(), Workloads.hpld());
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        StrategySearch search = new StrategySearch(problem, costModel, LatencyLimits.NONE);
        PatternTable table = PatternTable.of(problem, new NodeClasses(cluster), search, true, 1, () -> true)
                .orElseThrow();
        for (int a = 0; a < table.size(); a++) {
            for (int b = 0; b < table.size(); b++) {
                boolean within = true;
                for (int n = 0; n < cluster.nodeCount(); n++) {
                    within &= table.set(a).countOf(n) <= table.set(b).countOf(n);
                }
                assertThat(table.isWithin(a, b)).isEqualTo(within);
            }
        }
    }

    /** The greatest flow of a packing that has some groups already and may use a rest. */
    private static double best(
            PatternTable table, LinkLoads loads, int rest, List<Integer> patterns, List<Phase> phases) {
        double best = loads.flow(new Packing(patterns, phases)).value();
        if (rest == 0) {
            return best;
        }
        PatternWalk walk = new PatternWalk(table, rest);
        for (int pattern = walk.first(); pattern > 0; pattern = walk.next()) {
            for (Phase phase : PHASES) {
                if (table.rate(phase, pattern) > 0) {
                    patterns.add(pattern);
                    phases.add(phase);
                    best = Math.max(best, best(table, loads, rest - pattern, patterns, phases));
                    patterns.remove(patterns.size() - 1);
                    phases.remove(phases.size() - 1);
                }
            }
        }
        return Math.max(best, best(table, loads, rest - walk.unit(), patterns, phases));
    }
}
