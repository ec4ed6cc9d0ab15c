package org.partiflow.solvers.placement;

import java.util.List;
import java.util.Map;
import org.partiflow.api.plan.Phase;

/**
 * Which plans a search may make.
 *
 * @param name shown among the alternatives
 * @param phases phases that groups may have
 * @param patternStart whether the pattern bound's solution is one of the starts
 * @param evaluations most work of a search of this space, in evaluations of candidates of a few groups
 * @param choices how partitions are made and refined
 */
record SearchSpace(String name, List<Phase> phases, boolean patternStart, long evaluations, HexGen2Options choices) {
    /** Where packings are the starts that matter: few partitions are refined beside them. */
    private static final HexGen2Options BESIDE_PACKINGS =
            HexGen2Options.of(Map.of("start-rule", "best", "starts-refined", "4", "count", "moves"));

    /** With choices that suit packings. */
    SearchSpace(String name, List<Phase> phases, boolean patternStart, long evaluations) {
        this(name, phases, patternStart, evaluations, BESIDE_PACKINGS);
    }

    /** Prefill and decode apart, as in HexGen-2. */
    static final SearchSpace DISAGGREGATED =
            new SearchSpace("disaggregated", List.of(Phase.PREFILL, Phase.DECODE), true, 8_000);

    /** The same without our pattern start: the published method. */
    static SearchSpace hexGen2(HexGen2Options options) {
        return new SearchSpace("hexgen2", List.of(Phase.PREFILL, Phase.DECODE), false, options.work(), options);
    }

    /** What partitions with the defaults offer for these phases, without a limit of work. */
    static SearchSpace partitions(List<Phase> phases) {
        return new SearchSpace("partition", phases, false, Long.MAX_VALUE);
    }

    /** Every group does both. */
    static final SearchSpace COLOCATED = new SearchSpace("colocated", List.of(Phase.COLOCATED), true, 4_000);

    /** Anything. */
    static final SearchSpace MIXED =
            new SearchSpace("mixed", List.of(Phase.PREFILL, Phase.DECODE, Phase.COLOCATED), true, 16_000);
}
