package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.partiflow.api.cost.StepLoad;

/** Collects slices up to a limit and then only notes that there were more. */
final class TraceRecorder {
    private final int limit;
    private final List<ExecutionTrace.Slice> slices = new ArrayList<>();
    private final List<ExecutionTrace.Transfer> transfers = new ArrayList<>();
    private final List<IntSupplier> waiting = new ArrayList<>();
    private final List<LongSupplier> cached = new ArrayList<>();
    private boolean truncated;

    TraceRecorder(int limit) {
        this.limit = limit;
    }

    /** Registers the next group's counters. */
    void register(GroupServer server) {
        waiting.add(server::waiting);
        cached.add(server.memory()::used);
    }

    void slice(int group, int stage, double start, double end, StepLoad load, int sequences) {
        if (slices.size() >= limit) {
            truncated = true;
            return;
        }
        int queue = waiting.get(group).getAsInt();
        long kvTokens = cached.get(group).getAsLong();
        slices.add(new ExecutionTrace.Slice(
                group,
                stage,
                start,
                end,
                sequences,
                (long) load.promptTokens(),
                (long) load.sequences(),
                queue,
                kvTokens));
    }

    /** A group failed: what it had begun ends there, what it would have begun later is not. */
    void crash(int group, double now) {
        slices.removeIf(slice -> slice.group() == group && slice.startSeconds() >= now);
        slices.replaceAll(slice -> slice.group() == group && slice.endSeconds() > now ? slice.until(now) : slice);
    }

    void transfer(int request, KvPath path, double start, double wireEnd, double ready) {
        if (transfers.size() >= limit) {
            truncated = true;
            return;
        }
        transfers.add(new ExecutionTrace.Transfer(request, path.from, path.to, start, wireEnd, ready));
    }

    ExecutionTrace finish(List<String> groups, List<Integer> stages, RequestTable table) {
        List<ExecutionTrace.Lifetime> requests = new ArrayList<>();
        for (int i = 0; i < table.size; i++) {
            if (table.state[i] == RequestTable.COMPLETED) {
                if (requests.size() >= limit) {
                    truncated = true;
                    break;
                }
                requests.add(new ExecutionTrace.Lifetime(
                        i,
                        table.givenPrompt(i),
                        table.wantedOutput(i),
                        table.entry[i],
                        table.arrival[i],
                        table.firstTokenAt(i),
                        table.finish[i]));
            }
        }
        return new ExecutionTrace(groups, stages, slices, transfers, requests, truncated);
    }
}
