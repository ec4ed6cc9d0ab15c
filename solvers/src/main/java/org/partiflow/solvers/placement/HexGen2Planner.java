package org.partiflow.solvers.placement;

/**
 * HexGen-2's method (arXiv 2502.07903) as far as it is public: partition the GPU graph, assign phases, max flow, guided
 * refinement; prefill and decode always apart. What the paper leaves open is decided as the default planner does.
 */
public final class HexGen2Planner extends SingleSpacePlanner {
    /** Made by the service loader. */
    public HexGen2Planner() {
        super(SearchSpace.HEXGEN2);
    }

    @Override
    public String description() {
        return "HexGen-2: graph partition, max flow and guided refinement; prefill and decode apart";
    }
}
