package org.partiflow.studies.study;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.partiflow.api.Objective;

/**
 * What all cells of a study share.
 *
 * @param objective what plans are made for; default THROUGHPUT
 * @param costModel name of the cost model; default {@code roofline}
 * @param evaluations most candidate evaluations of one plan; default 2,000
 * @param requests simulated requests of a cell; default 400
 * @param planSeeds how many different seeds plans are made with; cells' seeds share them in turn; default: as many as there
 *     are seeds
 * @param seededPartitioners partitioners whose plans are made with the cell's own seed all the same
 * @param sloScales factors on the latency targets at which attainment is taken
 * @param checkpoints evaluations after which the best plan so far is taken down
 * @param reference the variant whose predicted throughput loads refer to, and whose links and KV protocol fixed plans are
 *     made for; one value for every axis of a variant
 */
public record StudySettings(
        Objective objective,
        String costModel,
        long evaluations,
        int requests,
        int planSeeds,
        Set<String> seededPartitioners,
        List<Double> sloScales,
        List<Long> checkpoints,
        Map<Axis, String> reference) {
    /** Copies the collections. */
    public StudySettings {
        seededPartitioners = Set.copyOf(seededPartitioners);
        sloScales = List.copyOf(sloScales);
        checkpoints = List.copyOf(checkpoints);
        reference = Map.copyOf(reference);
    }
}
