package org.partiflow.simulator;

import java.util.List;
import java.util.Optional;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.report.SimulationReport;

/**
 * Replays recorded requests on one continuous-batching engine, as vLLM schedules: every step decodes one token of each
 * running sequence and fills the rest of the token budget with prompt chunks; requests are admitted first come, first
 * served while the free KV blocks hold the whole prompt; decoding sequences take blocks as they grow, and when none is
 * left the latest one is preempted and later recomputed from its first token on. O(steps x running sequences).
 */
public final class EngineReplay {
    private final StageCost cost;
    private final int layers;
    private final EngineSettings settings;

    /** An engine whose steps take what {@code cost} says for all {@code layers}. */
    public EngineReplay(StageCost cost, int layers, EngineSettings settings) {
        this.cost = cost;
        this.layers = layers;
        this.settings = settings;
    }

    /**
     * What a replay measured.
     *
     * @param report the summary; latencies over all requests, rates from the first arrival to the last token
     * @param records each request
     * @param steps forward passes
     */
    public record Result(SimulationReport report, RequestRecords records, long steps) {}

    /**
     * Replays requests that arrive in this order.
     *
     * @param arrivals seconds, not descending
     * @param prompts prompt tokens, each at least 1
     * @param outputs output tokens, each at least 1
     * @param gpus GPUs of the engine, for rates per GPU
     * @throws IllegalArgumentException if there is no request, or columns differ in length or go back in time
     */
    public Result run(double[] arrivals, int[] prompts, int[] outputs, int gpus) {
        requireRequests(arrivals, prompts, outputs);
        RequestTable table = new RequestTable(arrivals.clone(), prompts.clone(), outputs.clone());
        EngineScheduler scheduler = new EngineScheduler(table, settings);
        int arrived = 0;
        long steps = 0;
        double busy = 0;
        double batchSeconds = 0;
        double now = arrivals[0];
        while (true) {
            while (arrived < table.size && arrivals[arrived] <= now) {
                scheduler.arrive(arrived++);
            }
            if (!scheduler.schedule()) {
                if (arrived == table.size) {
                    break;
                }
                now = arrivals[arrived];
                continue;
            }
            double seconds = cost.stepSeconds(0, layers, scheduler.load());
            now += seconds;
            busy += seconds;
            batchSeconds += seconds * scheduler.scheduled();
            steps++;
            scheduler.finishStep(now);
        }
        Totals totals =
                new Totals(now - arrivals[0], busy, batchSeconds, scheduler.peakShare(), scheduler.preemptions());
        RequestRecords records = new RequestRecords(table, table.size);
        return new Result(report(table, records, totals, gpus), records, steps);
    }

    private record Totals(double seconds, double busy, double batchSeconds, double kvPeak, long preemptions) {}

    private static SimulationReport report(RequestTable table, RequestRecords records, Totals totals, int gpus) {
        long[] outcomes = new long[RequestTable.STATES];
        double output = 0;
        double all = 0;
        for (int i = 0; i < table.size; i++) {
            outcomes[table.state[i]]++;
            if (table.state[i] == RequestTable.COMPLETED) {
                output += table.output[i];
                all += table.total(i);
            }
        }
        double perSecond = totals.seconds > 0 ? 1 / totals.seconds : 0;
        SimulationReport.GroupUse use = new SimulationReport.GroupUse(
                "engine",
                totals.busy * perSecond,
                totals.busy > 0 ? totals.batchSeconds / totals.busy : 0,
                totals.kvPeak);
        return new SimulationReport(
                new SimulationReport.Requests(
                        table.size,
                        outcomes[RequestTable.COMPLETED],
                        outcomes[RequestTable.REJECTED],
                        outcomes[RequestTable.ON_ITS_WAY],
                        0,
                        0,
                        totals.preemptions),
                new SimulationReport.Throughput(
                        outcomes[RequestTable.COMPLETED] * perSecond,
                        output * perSecond,
                        all * perSecond,
                        output * perSecond / gpus),
                Summaries.latency(records, 0, table.size),
                Optional.empty(),
                Optional.empty(),
                List.of(use),
                List.of());
    }

    private static void requireRequests(double[] arrivals, int[] prompts, int[] outputs) {
        if (arrivals.length == 0 || prompts.length != arrivals.length || outputs.length != arrivals.length) {
            throw new IllegalArgumentException("a replay needs requests, each with arrival, prompt and output; got "
                    + arrivals.length + ", " + prompts.length + " and " + outputs.length);
        }
        for (int i = 0; i < arrivals.length; i++) {
            boolean ordered = i == 0 ? arrivals[0] >= 0 : arrivals[i] >= arrivals[i - 1];
            if (!ordered || prompts[i] < 1 || outputs[i] < 1) {
                throw new IllegalArgumentException("request " + i + " goes back in time or has no prompt or no output");
            }
        }
    }
}
