package org.partiflow.solvers.baseline;

import org.partiflow.api.PlanningRequest;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.solvers.placement.Candidates;

/**
 * DistServe (Zhong et al., OSDI 2024, arXiv 2401.09670): prefill and decode apart, on replicas that are alike. Tensor and
 * pipeline parallelism are enumerated for each phase, the numbers of prefill and decode replicas for each pair. The method
 * assumes identical GPUs; on a mixed cluster it plans pools of GPU types, of which the best grouping is taken (see {@code
 * docs/algorithms/distserve.md} for what differs from the paper). Stateless and thread-safe; deterministic, the seed,
 * partitioner and refinement are not used.
 */
public final class DistServePlanner implements Planner {
    @Override
    public String name() {
        return "distserve";
    }

    @Override
    public String description() {
        return "DistServe: alike prefill and decode replicas, TP x PP enumerated per phase, on pools of GPU types";
    }

    @Override
    public PlanningResult plan(PlanningRequest request) {
        Candidates candidates = new Candidates(request);
        return candidates.finish(new TypePools(candidates, new DistServeSearch(candidates)).best(), name());
    }
}
