package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;

/** What the reader of a plan should know about its inputs. */
final class Warnings {
    private final PlanningProblem problem;

    Warnings(PlanningProblem problem) {
        this.problem = problem;
    }

    List<String> all() {
        List<String> warnings = new ArrayList<>();
        int longest = problem.workload().maxTotal();
        if (longest > problem.model().maxPosition()) {
            warnings.add("the workload's longest request has " + longest + " tokens, the model's context "
                    + problem.model().maxPosition() + ": an engine would cut or reject such requests");
        }
        Cluster cluster = problem.cluster();
        for (int a = 0; a < cluster.nodeCount(); a++) {
            for (int b = a + 1; b < cluster.nodeCount(); b++) {
                if (cluster.nodeLink(a, b).bytesPerSecond() == 0) {
                    warnings.add("nothing connects node '" + cluster.node(a).id() + "' (zone '"
                            + cluster.node(a).zone() + "') and node '"
                            + cluster.node(b).id() + "' (zone '"
                            + cluster.node(b).zone() + "'): name the zones in fabric.between to connect them");
                    return warnings;
                }
            }
        }
        return warnings;
    }
}
