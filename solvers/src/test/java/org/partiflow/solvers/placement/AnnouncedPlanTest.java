package org.partiflow.solvers.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.SolveControl;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** Of many groups, too, the plan serves what its improvements announced: there the flow depends on the order of groups. */
class AnnouncedPlanTest {
    private static final PlanningProblem PROBLEM =
            PlanningProblem.of(Clusters.dataCentre(64, 4), Models.llama2_70b(), Workloads.hphd());

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 20, 30})
    void aPlanServesWhatWasAnnounced(long evaluations) {
        List<Double> heard = new ArrayList<>();
        SolveControl control = new SolveControl(evaluations, Optional.empty(), 1, new CancellationToken(), event -> {
            if (event instanceof ProgressEvent.Improved improved) {
                heard.add(improved.requestsPerSecond());
            }
        });
        PlanningOptions options =
                new PlanningOptions("random", "push-relabel", Refinement.GUIDED, Objective.THROUGHPUT, 0, 42);
        PlanningRequest request = new PlanningRequest(PROBLEM, Planners.roofline(PROBLEM), options, control);
        double served = Planners.value(Planners.named("hexgen2").plan(request));
        assertThat(heard).isNotEmpty().allSatisfy(each -> assertThat(served).isGreaterThanOrEqualTo(each * (1 - 1e-9)));
    }
}
