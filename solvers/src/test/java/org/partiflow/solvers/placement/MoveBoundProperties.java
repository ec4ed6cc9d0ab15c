package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.workload.Workload;
import org.partiflow.solvers.network.Group;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** The prices of a flow bound the flow after any move, whichever moves led to it. */
class MoveBoundProperties {
    private static final List<Phase> PHASES = List.of(Phase.PREFILL, Phase.DECODE, Phase.COLOCATED);
    private static final int STEPS = 12;
    private static final int MOVES_PER_STEP = 25;

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.any(16);
    }

    @Provide
    Arbitrary<TransformerModel> models() {
        return Models.small();
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Workloads.any();
    }

    @Property(tries = 60, seed = "20261125", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void noMoveFlowsMoreThanItsBound(
            @ForAll("clusters") Cluster cluster,
            @ForAll("models") TransformerModel model,
            @ForAll("workloads") Workload workload) {
        walk(PlanningProblem.of(cluster, model, workload), PHASES);
    }

    @Example
    void whereLinksBindItIsTighterThanTheSupplyOfThePhases() {
        PlanningProblem problem = PlanningProblem.of(Clusters.twoZones20(), Models.opt30b(), Workloads.hpld());
        assertThat(walk(problem, List.of(Phase.PREFILL, Phase.DECODE))).isPositive();
    }

    /** Checks bounds along a random walk; how many were below the supply of the phases. */
    private static int walk(PlanningProblem problem, List<Phase> phases) {
        Search search = new Search(new PlanningRequest(
                problem, Planners.roofline(problem), PlanningOptions.DEFAULT, SolveControl.evaluations(1_000_000)));
        SearchSpace space = SearchSpace.partitions(phases);
        List<Layout> starts = search.starts().fromPartitions(search.partitioner(), space);
        SplittableRandom random = new SplittableRandom(5);
        int tighter = 0;
        Layout current = starts.isEmpty() ? null : starts.get(0);
        for (int step = 0; step < STEPS && current != null; step++) {
            List<Neighbourhood.Proposal> proposals = new Neighbourhood(search.groups(), phases).proposals(current);
            MoveBound bound = search.evaluator().bound(current);
            Layout next = null;
            for (int i = 0; i < MOVES_PER_STEP; i++) {
                Move move = proposals
                        .get(random.nextInt(proposals.size()))
                        .realise()
                        .get();
                List<Group> groups = Layout.replaced(current.groups(), move.without(), move.with());
                if (!groups.isEmpty()) {
                    double most = bound.of(move, groups);
                    next = search.evaluator().evaluate(groups, move.pool());
                    assertThat(next.allocation().requestsPerSecond()).isLessThanOrEqualTo(most * (1 + 1e-9) + 1e-9);
                    tighter += most < Layout.ceiling(groups) * (1 - 1e-6) ? 1 : 0;
                }
            }
            current = next;
        }
        return tighter;
    }
}
