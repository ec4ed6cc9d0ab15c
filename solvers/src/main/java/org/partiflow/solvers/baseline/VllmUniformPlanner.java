package org.partiflow.solvers.baseline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.placement.Candidate;
import org.partiflow.solvers.placement.Candidates;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * vLLM as it is usually deployed (Kwon et al., SOSP 2023, arXiv 2309.06180; chunked prefill: Agrawal et al., OSDI 2024,
 * arXiv 2403.02310): colocated replicas that are alike, tensor parallelism inside a node, pipeline parallelism where a node
 * does not suffice, as many as fit. Where GPUs are of several types, pools of types are deployed side by side, of which
 * the best grouping is taken. Stateless and thread-safe; deterministic, the seed, partitioner and refinement are not used.
 */
public final class VllmUniformPlanner implements Planner {
    @Override
    public String name() {
        return "vllm-uniform";
    }

    @Override
    public String description() {
        return "vLLM as usually deployed: alike colocated replicas (continuous batching, chunked prefill)";
    }

    @Override
    public PlanningResult plan(PlanningRequest request) {
        Candidates candidates = new Candidates(request);
        Replicas replicas = new Replicas(candidates);
        ShapeChoice shapes = new ShapeChoice(replicas);
        return candidates.finish(
                new TypePools(candidates, pool -> best(candidates, replicas, shapes, pool)).best(), name());
    }

    private static @Nullable Candidate best(Candidates candidates, Replicas replicas, ShapeChoice shapes, Pool pool) {
        Candidate best = null;
        for (ShapeChoice.Rated rated : shapes.of(Phase.COLOCATED, pool)) {
            if (best != null && !candidates.budget().mayGoOn()) {
                break;
            }
            Candidate candidate = candidates.evaluate(replicas(candidates, replicas, rated, pool));
            best = best == null || candidate.isBetterThan(best) ? candidate : best;
        }
        return best;
    }

    private static List<Group> replicas(Candidates candidates, Replicas replicas, ShapeChoice.Rated rated, Pool pool) {
        List<Group> groups = new ArrayList<>();
        double required = candidates.request().options().objective() == Objective.COST
                ? candidates.request().options().requiredRate()
                : Double.POSITIVE_INFINITY;
        double served = 0;
        for (GpuSet set : pool.filledWith(rated.shape())) {
            if (served < required) {
                Group group = replicas.of(Phase.COLOCATED, rated.shape(), set);
                groups.add(group);
                served += group.requestsPerSecond();
            }
        }
        return groups;
    }
}
