package org.partiflow.api;

import java.util.Locale;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.KvProtocol;

/**
 * A call of a planner.
 *
 * @param problem what is to be planned
 * @param costModel predicts times for the problem
 * @param options strategies, objective and seed
 * @param control limits and progress
 */
public record PlanningRequest(
        PlanningProblem problem, CostModel costModel, PlanningOptions options, SolveControl control) {
    /** Rejects a KV encoding that the engine which plans must be deployable with does not have. */
    public PlanningRequest {
        TargetEngine engine = problem.serving().engine();
        KvProtocol.Encoding encoding = problem.serving().kvProtocol().encoding();
        if (engine.needsStoredEncoding() && encoding.ratio(problem.model().kv().bytes()) != 1) {
            throw new IllegalArgumentException("engine " + engine.label() + " sends KV caches as they are stored ("
                    + problem.model().kv().name().toLowerCase(Locale.ROOT) + "), but the KV protocol encodes them as "
                    + encoding.label() + ": leave the encoding out, or plan for any engine");
        }
    }
}
