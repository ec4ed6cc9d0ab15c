package org.partiflow.solvers.placement;

import java.util.List;
import org.partiflow.api.plan.Phase;

/**
 * Which plans a search may make.
 *
 * @param name shown among the alternatives
 * @param phases phases that groups may have
 * @param patternStart whether the pattern bound's solution is one of the starts
 * @param evaluations most work of a search of this space, in evaluations of candidates of a few groups
 */
record SearchSpace(String name, List<Phase> phases, boolean patternStart, long evaluations) {
    /** Prefill and decode apart, as in HexGen-2. */
    static final SearchSpace DISAGGREGATED =
            new SearchSpace("disaggregated", List.of(Phase.PREFILL, Phase.DECODE), true, 8_000);

    /** The same without our pattern start: the published method. */
    static final SearchSpace HEXGEN2 = new SearchSpace("hexgen2", List.of(Phase.PREFILL, Phase.DECODE), false, 24_000);

    /** Every group does both. */
    static final SearchSpace COLOCATED = new SearchSpace("colocated", List.of(Phase.COLOCATED), true, 4_000);

    /** Anything. */
    static final SearchSpace MIXED =
            new SearchSpace("mixed", List.of(Phase.PREFILL, Phase.DECODE, Phase.COLOCATED), true, 16_000);
}
