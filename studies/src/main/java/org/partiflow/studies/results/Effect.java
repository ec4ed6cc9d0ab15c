package org.partiflow.studies.results;

import java.util.List;

/**
 * How one value of a question's axis differs from the baseline. Immutable.
 *
 * @param value the value
 * @param overall over the problems (over the seeds where there is one problem only)
 * @param blocks per problem, the first {@value EffectBuilder#MOST_BLOCKS}
 * @param leftOut pairs of which one had no value
 */
public record Effect(String value, Estimate overall, List<BlockEffect> blocks, long leftOut) {
    /** Copies the list. */
    public Effect {
        blocks = List.copyOf(blocks);
    }
}
