package org.partiflow.solvers.placement;

/**
 * HexGen-2's method (arXiv 2502.07903) as far as it is public: partition the GPU graph, assign phases, max flow, guided
 * refinement; prefill and decode always apart. What the paper leaves open is for {@link HexGen2Options}.
 */
public final class HexGen2Planner extends SingleSpacePlanner {
    private final HexGen2Options options;

    /** Made by the service loader: all options at their defaults. */
    public HexGen2Planner() {
        this(HexGen2Options.DEFAULT);
    }

    /** With what the paper leaves open chosen by {@code options}; plans name those that are not at their defaults. */
    public HexGen2Planner(HexGen2Options options) {
        super(SearchSpace.hexGen2(options));
        this.options = options;
    }

    @Override
    String generator() {
        String changed = options.changes();
        return changed.isEmpty() ? name() : name() + " " + changed;
    }

    @Override
    public String description() {
        return "HexGen-2: graph partition, max flow and guided refinement; prefill and decode apart";
    }
}
