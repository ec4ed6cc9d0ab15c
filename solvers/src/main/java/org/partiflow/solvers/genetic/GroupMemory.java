package org.partiflow.solvers.genetic;

import org.partiflow.api.PlanningProblem;
import org.partiflow.api.model.Sharding;
import org.partiflow.solvers.strategy.GpuSet;

/** HexGen's condition on a group: its GPUs together hold the weights (there: 144 GB for Llama-2-70B). Immutable. */
final class GroupMemory {
    private final PlanningProblem problem;
    private final double neededBytes;

    GroupMemory(PlanningProblem problem) {
        this.problem = problem;
        neededBytes =
                Sharding.weightBytesPerGpu(problem.model(), 0, problem.model().layers(), 1);
    }

    double neededBytes() {
        return neededBytes;
    }

    /** Usable bytes of one GPU of a node. */
    double usableBytes(int node) {
        return problem.serving().memoryUtilization()
                * problem.cluster().node(node).gpu().memory().bytes();
    }

    boolean holds(GpuSet set) {
        double bytes = 0;
        for (int i = 0; i < set.positions(); i++) {
            bytes += set.count(i) * usableBytes(set.node(i));
        }
        return bytes >= neededBytes;
    }
}
