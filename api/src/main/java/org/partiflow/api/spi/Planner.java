package org.partiflow.api.spi;

import org.partiflow.api.PlanningRequest;
import org.partiflow.api.result.PlanningResult;

/** Plans how a model is served on a cluster. Implementations hold no per-call state and are thread-safe. */
public interface Planner extends Strategy {
    /** Plans; same request without a time limit, same result. A stop asked for by the control yields the best so far. */
    PlanningResult plan(PlanningRequest request);
}
