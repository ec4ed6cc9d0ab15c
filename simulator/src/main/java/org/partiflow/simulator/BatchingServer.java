package org.partiflow.simulator;

import org.partiflow.api.cost.StepLoad;

/**
 * A group under continuous batching: as many micro-batches as stages go round through the pipeline, each starting its
 * next iteration when its last one has left the last stage and the first stage is free.
 */
abstract class BatchingServer implements GroupServer, MicroBatch.Room {
    final int group;
    final RequestTable table;
    final KvTransfers transfers;
    final KvMemory memory;
    final MicroBatch[] microBatches;
    final IntFifo queue = new IntFifo();
    private final EventQueue events;
    private final Pipeline pipeline;

    BatchingServer(int group, Pipeline pipeline, KvMemory memory, PrefillServer.Shared shared) {
        this.group = group;
        this.pipeline = pipeline;
        this.memory = memory;
        table = shared.table();
        events = shared.events();
        transfers = shared.transfers();
        microBatches = new MicroBatch[pipeline.depth()];
        for (int i = 0; i < microBatches.length; i++) {
            microBatches[i] = new MicroBatch(table);
        }
    }

    /** Lets sequences join before a micro-batch's iteration; returns how many tokens the iteration may hold. */
    abstract double prepare(MicroBatch microBatch);

    /** What a query-key pair of a prompt takes of an iteration's budget. */
    double tokensPerPair(double budget) {
        return 0;
    }

    /** A sequence got its first token here and wants more. */
    void startedDecoding() {}

    /** A sequence got its last token. */
    abstract void completed(int request, double now);

    /** Sequences have left: others may take their places. */
    abstract void refill(double now);

    /** Starts an iteration, or comes back when the first stage is free. */
    final void startIteration(int index, double now) {
        if (pipeline.freeAt() > now) {
            events.add(pipeline.freeAt(), EventKind.ITERATION_START, group, index);
            return;
        }
        MicroBatch microBatch = microBatches[index];
        double budget = prepare(microBatch);
        if (microBatch.size() == 0) {
            microBatch.idle();
            return;
        }
        StepLoad load = microBatch.beginIteration(budget, this, tokensPerPair(budget));
        if (microBatch.running() == 0) {
            microBatch.idle();
            return;
        }
        double end = pipeline.run(now, load, microBatch.running());
        events.add(end, EventKind.ITERATION_END, group, index);
    }

    /** Ends an iteration, lets sequences go and join, and goes on. */
    final void endIteration(int index, double now) {
        MicroBatch microBatch = microBatches[index];
        microBatch.endIteration();
        for (int ended = microBatch.pollEnded(); ended >= 0; ended = microBatch.pollEnded()) {
            complete(ended, now);
        }
        for (int first = microBatch.pollFirstToken(); first >= 0; first = microBatch.pollFirstToken()) {
            table.firstToken[first] = now;
            if (table.endsAtFirstToken(first)) {
                complete(first, now);
            } else {
                microBatch.startDecoding(first);
                startedDecoding();
            }
        }
        refill(now);
        startIteration(index, now);
    }

    private void complete(int request, double now) {
        table.complete(request, now);
        memory.release(table.total(request));
        completed(request, now);
    }

    /** Starts an idle micro-batch as soon as the first stage is free. */
    final void wake(int index, double now) {
        if (microBatches[index].schedule()) {
            events.add(now, EventKind.ITERATION_START, group, index);
        }
    }

    @Override
    public final int waiting() {
        return queue.size();
    }

    @Override
    public final KvMemory memory() {
        return memory;
    }

    @Override
    public final Pipeline pipeline() {
        return pipeline;
    }
}
