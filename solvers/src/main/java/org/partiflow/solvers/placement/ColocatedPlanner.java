package org.partiflow.solvers.placement;

/** Colocated replicas with continuous batching and chunked prefill, in the manner of vLLM: the baseline without KV flow. */
public final class ColocatedPlanner extends SingleSpacePlanner {
    /** Made by the service loader. */
    public ColocatedPlanner() {
        super(SearchSpace.COLOCATED);
    }

    @Override
    public String description() {
        return "every group does both phases (continuous batching, chunked prefill); no KV transfer";
    }
}
