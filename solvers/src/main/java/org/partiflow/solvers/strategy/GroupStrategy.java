package org.partiflow.solvers.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.partiflow.api.cost.KvTraffic;

/**
 * How a set of GPUs serves in one phase. The GPUs of the set, in its order, are cut into consecutive stages.
 *
 * @param degrees tensor-parallel degree of each stage; empty if the set cannot serve in this phase
 * @param layers layers of each stage
 * @param batch prompts per pass or sequences in flight
 * @param requestsPerSecond capacity
 * @param latencySeconds see {@link org.partiflow.api.cost.GroupPerformance}
 * @param kvRequests requests that its KV cache holds at a time
 */
@SuppressWarnings("ArrayRecordComponent") // hot in planning; never written to after construction
public record GroupStrategy(
        int[] degrees,
        int[] layers,
        int batch,
        double requestsPerSecond,
        double latencySeconds,
        double kvRequests) {
    /** The set cannot serve in this phase. */
    public static final GroupStrategy NONE = new GroupStrategy(new int[0], new int[0], 0, 0, Double.NaN, 0);

    /** Whether the set can serve in this phase. */
    public boolean isFeasible() {
        return degrees.length > 0;
    }

    /**
     * The rate that a decode group keeps when each cache is reserved for {@code stagingSeconds} before it decodes: f
     * requests/s leave kvRequests - f t for decoding, so f is at most rate x kvRequests / batch / (1 + rate t / batch).
     */
    public double stagedRequestsPerSecond(double stagingSeconds) {
        double staged = requestsPerSecond * stagingSeconds / batch;
        return Math.min(requestsPerSecond, requestsPerSecond * (kvRequests / batch) / (1 + staged));
    }

    /** The stages on these GPUs, which must be as many as the degrees sum to. */
    public List<KvTraffic.Holder> stages(int[] gpus) {
        List<KvTraffic.Holder> stages = new ArrayList<>();
        int rank = 0;
        int layer = 0;
        for (int j = 0; j < degrees.length; j++) {
            int[] members = Arrays.copyOfRange(gpus, rank, rank + degrees[j]);
            stages.add(new KvTraffic.Holder(members, layer, layers[j]));
            rank += degrees[j];
            layer += layers[j];
        }
        return stages;
    }
}
