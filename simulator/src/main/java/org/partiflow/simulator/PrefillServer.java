package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.cost.StepLoad;

/**
 * A prefill group: first come, first served, or the shortest prompt first; a pass takes as many prompts as the plan's batch, the token limit and the
 * KV memory allow, or one longer prompt in chunks that follow each other. A prompt holds its KV memory from the pass's
 * start until its cache has left (or at once, if no further token is wanted).
 */
final class PrefillServer implements GroupServer {
    private final int group;
    private final int batch;
    private final int maxTokens;
    private final RequestTable table;
    private final EventQueue events;
    private final Pipeline pipeline;
    private final KvMemory memory;
    private final KvTransfers transfers;
    private final QueueOrder order;
    private final KeyedHeap queue = new KeyedHeap();
    private final IntFifo running = new IntFifo();
    private final IntFifo passSizes = new IntFifo();
    private final List<Double> chunkEnds = new ArrayList<>();

    PrefillServer(int group, int batch, int maxTokens, Pipeline pipeline, KvMemory memory, Shared shared) {
        this.group = group;
        this.batch = Math.max(1, batch);
        this.maxTokens = maxTokens;
        this.pipeline = pipeline;
        this.memory = memory;
        table = shared.table();
        events = shared.events();
        transfers = shared.transfers();
        order = shared.order();
    }

    /** What all servers use. */
    record Shared(RequestTable table, EventQueue events, KvTransfers transfers, QueueOrder order) {}

    @Override
    public void accept(int request, double now) {
        queue.add(order == QueueOrder.SHORTEST_PROMPT ? table.prompt[request] : 0, request);
        if (queue.size() == 1 && pipeline.freeAt() <= now) {
            events.add(now, EventKind.PASS_START, group, 0); // later, so that simultaneous arrivals share the pass
        }
    }

    /** Starts a pass if the first stage is free and a prompt fits. */
    void startPass(double now) {
        if (pipeline.freeAt() > now) {
            return; // the event at the end of the current pass's first stage will come back here
        }
        int count = 0;
        int tokens = 0;
        double pairs = 0;
        while (!queue.isEmpty() && count < batch && tokens < maxTokens) {
            int request = queue.first();
            int prompt = table.prompt[request];
            if ((count > 0 && prompt > maxTokens - tokens) || !memory.tryTake(prompt)) {
                break;
            }
            running.add(queue.poll());
            table.place[request] = RequestTable.INSIDE;
            count++;
            tokens += prompt;
            pairs += causalPairs(0, prompt);
        }
        if (count > 0) {
            double end = tokens <= maxTokens
                    ? pipeline.run(now, StepLoad.prefill(count, tokens, pairs), count)
                    : runChunks(now, tokens);
            announce(count, now, end);
        }
    }

    /** Ends the oldest pass. */
    void endPass(double now) {
        int count = passSizes.poll();
        for (int i = 0; i < count; i++) {
            int request = running.poll();
            if (table.endsAtFirstToken(request)) {
                table.complete(request, now);
                memory.release(table.prompt[request]);
            } else {
                transfers.prefillEnded(request, now);
            }
        }
        startPass(now);
    }

    /** A prompt's cache has left. */
    void release(int request, double now) {
        memory.release(table.prompt[request]);
        startPass(now);
    }

    /** Query-key pairs of a chunk of a prompt. */
    static double causalPairs(double before, double tokens) {
        return tokens * before + tokens * (tokens + 1) / 2;
    }

    private double runChunks(double now, int prompt) {
        double end = now;
        double start = now;
        for (int done = 0; done < prompt; done += Math.min(maxTokens, prompt - done)) {
            int tokens = Math.min(maxTokens, prompt - done);
            boolean last = done + tokens == prompt;
            if (done > 0) {
                chunkEnds.add(end);
            }
            end = pipeline.run(start, StepLoad.prefill(last ? 1 : 0, tokens, causalPairs(done, tokens)), 1);
            start = pipeline.freeAt();
        }
        return end;
    }

    private void announce(int count, double now, double end) {
        passSizes.add(count);
        for (int i = running.size() - count; i < running.size(); i++) {
            int request = running.get(i);
            table.firstToken[request] = end;
            if (!table.endsAtFirstToken(request)) {
                transfers.prefillStarted(request, now);
                announceChunks(request);
            }
        }
        chunkEnds.clear();
        if (!pipeline.isDoomed(end)) {
            events.add(end, EventKind.PASS_END, group, 0);
        }
        if (!pipeline.isDoomed(pipeline.freeAt())) {
            events.add(pipeline.freeAt(), EventKind.PASS_START, group, 0);
        }
    }

    private void announceChunks(int request) {
        for (double chunkEnd : chunkEnds) {
            if (!pipeline.isDoomed(chunkEnd)) {
                transfers.announceChunk(request, chunkEnd);
            }
        }
    }

    @Override
    public void crash() {
        queue.clear();
        running.clear();
        passSizes.clear();
        memory.clear();
    }

    @Override
    public void recover(double now) {
        startPass(now);
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public KvMemory memory() {
        return memory;
    }

    @Override
    public Pipeline pipeline() {
        return pipeline;
    }
}
