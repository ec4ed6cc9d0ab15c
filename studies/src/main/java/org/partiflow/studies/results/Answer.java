package org.partiflow.studies.results;

import java.util.List;
import org.partiflow.studies.study.Question;

/**
 * What the results say to a question. Immutable.
 *
 * @param question the question
 * @param effects one per compared value, in the order of the grid
 * @param pooled over all values and problems
 * @param sentence the answer in words
 * @param claim what becomes of the claim, if there is one; else empty
 */
public record Answer(Question question, List<Effect> effects, Estimate pooled, String sentence, String claim) {
    /** Copies the list. */
    public Answer {
        effects = List.copyOf(effects);
    }
}
