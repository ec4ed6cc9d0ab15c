package org.partiflow.cli.run;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.plan.Phase;
import org.partiflow.io.RecordedRequests;
import org.partiflow.simulator.EngineReplay;
import org.partiflow.simulator.EngineSettings;
import org.partiflow.simulator.RequestRecords;

/** One engine on all GPUs of a single node, and the requests it is given. Immutable. */
public final class EngineRun {
    private final PlanningProblem problem;
    private final StageCost cost;
    private final EngineSettings settings;

    /**
     * Sets an engine up.
     *
     * @param problem one node and the model
     * @param costModel its times
     * @param maxSequences most running sequences
     * @param maxBatchedTokens most tokens of a step
     * @param kvTokens tokens of KV cache; null for what weights and activations leave of the memory
     * @throws IllegalArgumentException if the model does not fit or a setting is out of range
     */
    public EngineRun(
            PlanningProblem problem,
            CostModel costModel,
            int maxSequences,
            int maxBatchedTokens,
            @Nullable Long kvTokens) {
        this.problem = problem;
        int[] gpus = new int[problem.cluster().gpuCount()];
        for (int i = 0; i < gpus.length; i++) {
            gpus[i] = i;
        }
        cost = costModel.stage(StageHardware.of(problem.cluster(), gpus));
        long tokens = kvTokens != null ? kvTokens : roomFor(costModel, gpus, maxSequences, maxBatchedTokens);
        settings = EngineSettings.vllm(maxSequences, maxBatchedTokens, tokens);
    }

    /** Replays the requests. */
    public EngineReplay.Result replay(RecordedRequests requests) {
        return new EngineReplay(cost, problem.model().layers(), settings)
                .run(
                        requests.arrivalSeconds().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray(),
                        requests.promptTokens().stream()
                                .mapToInt(Integer::intValue)
                                .toArray(),
                        requests.outputTokens().stream()
                                .mapToInt(Integer::intValue)
                                .toArray(),
                        problem.cluster().gpuCount());
    }

    /** Tokens of KV cache. */
    public long kvTokens() {
        return settings.kvTokens();
    }

    /** The requests as CSV; cells without a value (rejected, a single output token) are empty. */
    public static byte[] table(RecordedRequests requests, RequestRecords records) {
        StringBuilder rows = new StringBuilder("arrival_s,ttft_s,tpot_ms,e2e_s\n");
        for (int i = 0; i < records.size(); i++) {
            rows.append(requests.arrivalSeconds().get(i))
                    .append(',')
                    .append(cell(records.timeToFirstTokenSeconds(i)))
                    .append(',')
                    .append(cell(records.timePerOutputTokenSeconds(i) * 1e3))
                    .append(',')
                    .append(cell(records.endToEndSeconds(i)))
                    .append('\n');
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
    }

    private long roomFor(CostModel costModel, int[] gpus, int maxSequences, int maxBatchedTokens) {
        ServingOptions serving = problem.serving();
        PlanningProblem own = new PlanningProblem(
                problem.cluster(),
                problem.model(),
                problem.workload(),
                new ServingOptions(
                        serving.memoryUtilization(),
                        maxBatchedTokens,
                        maxSequences,
                        serving.kvProtocol(),
                        serving.engine()),
                problem.provenance());
        KvTraffic.Holder all = new KvTraffic.Holder(gpus, 0, problem.model().layers());
        long tokens = new GroupEvaluator(own, costModel).kvCapacityTokens(Phase.COLOCATED, java.util.List.of(all));
        if (tokens < EngineSettings.BLOCK_TOKENS) {
            throw new IllegalArgumentException(problem.model().name() + " leaves no room for a KV cache on "
                    + gpus.length + " x " + problem.cluster().gpuType(0).name());
        }
        return tokens;
    }
}
