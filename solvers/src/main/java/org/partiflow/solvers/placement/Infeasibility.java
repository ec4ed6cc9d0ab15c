package org.partiflow.solvers.placement;

import java.util.Locale;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.result.PlanningResult;

/** Says why nothing can be served, in the tightest terms that can be proven. */
final class Infeasibility {
    private Infeasibility() {}

    static PlanningResult.Infeasible explain(PlanningProblem problem) {
        TransformerModel model = problem.model();
        TargetEngine engine = problem.serving().engine();
        double weights = Sharding.weightBytesPerGpu(model, 0, model.layers(), 1);
        double request = problem.workload().maxTotal() * model.kvBytesPerToken();
        double activations =
                Sharding.activationBytesPerGpu(model, problem.serving().maxSequences(), 1);
        double usable =
                problem.serving().memoryUtilization() * problem.cluster().totalMemoryBytes();
        double missing = weights + request + activations - usable;
        String needs = String.format(
                Locale.ROOT,
                "%s needs %.1f GB: %.1f GB of weights (%s), %.1f GB of KV cache for the longest request and %.1f GB of "
                        + "activations; %d GPUs of '%s' offer %.1f GB (%.0f %% of their memory)",
                model.name(),
                (weights + request + activations) / 1e9,
                weights / 1e9,
                model.weights(),
                request / 1e9,
                activations / 1e9,
                problem.cluster().gpuCount(),
                problem.cluster().name(),
                usable / 1e9,
                100 * problem.serving().memoryUtilization());
        if (missing > 0) {
            String reason = String.format(
                    Locale.ROOT,
                    "the model fits on no subset of the cluster: %s; %.1f GB are missing",
                    needs,
                    missing / 1e9);
            return new PlanningResult.Infeasible(reason, (long) Math.ceil(missing));
        }
        return new PlanningResult.Infeasible(
                "no group of connected GPUs can hold the model with a legal tensor-parallel degree"
                        + (engine == TargetEngine.ANY ? "" : ", in stages that " + engine.label() + " can run,")
                        + " and serve within the limits, although the memory would suffice in sum: " + needs
                        + "; connect more GPUs, loosen the latency targets, or use a smaller weight format",
                0);
    }
}
