package org.partiflow.api.cost;

import org.partiflow.api.cluster.Link;

/**
 * Predicts times for one model under given serving options. Memory is not predicted but defined, by
 * {@link org.partiflow.api.model.Sharding}. Implementations are deterministic and thread-safe.
 */
public interface CostModel {
    /** Name and version of the laws and profiles used, for provenance. */
    String id();

    /** Times of a stage on this hardware; may be memoised. */
    StageCost stage(StageHardware hardware);

    /**
     * Seconds to hand activations to the next pipeline stage.
     *
     * @param link connection between the two stages' leaders
     * @param tokens tokens of the forward pass
     */
    double hopSeconds(Link link, double tokens);
}
