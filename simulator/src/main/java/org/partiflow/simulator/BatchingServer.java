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
    /** Sequences that must be recomputed, earliest first; before all others. */
    final KeyedHeap preempted = new KeyedHeap();

    private final EventQueue events;
    private int era;
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
            microBatches[i] = microBatch();
        }
    }

    private MicroBatch microBatch() {
        return new MicroBatch(table, memory.recomputes() ? memory.block() : 0);
    }

    /**
     * Lets sequences join before a micro-batch's iteration; returns how many tokens the iteration may hold.
     *
     * @param admits whether sequences may begin: not when others have just been given up
     */
    abstract double prepare(MicroBatch microBatch, boolean admits);

    /** Memory that begun prompts will need. */
    long promised() {
        return 0;
    }

    /** A decoding sequence was taken out. */
    abstract void stoppedDecoding();

    /** Takes memory for the next tokens, from the latest sequences if there is no other; false if it came to that. */
    private boolean makeRoom(MicroBatch microBatch) {
        microBatch.startJoining();
        boolean roomy = true;
        long needed = (long) microBatch.growing() * memory.block();
        while (needed > memory.free() - promised()) {
            roomy = false;
            int latest = microBatch.latest();
            int made = microBatch.drop(latest);
            memory.release((long) table.prompt[latest] + made);
            table.preempt(latest, made);
            preempted.add(0, latest);
            stoppedDecoding();
            needed = (long) microBatch.growing() * memory.block();
        }
        memory.take(needed);
        return roomy;
    }

    /** Whether there is a sequence to be recomputed, and room for it. */
    final boolean canRecompute() {
        return !preempted.isEmpty()
                && memory.rounded(table.prompt[preempted.first()] + 1L) <= memory.free() - promised();
    }

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
    final void startIteration(int number, double now) {
        if (isVoid(number)) {
            return;
        }
        if (pipeline.freeAt() > now) {
            announce(pipeline.freeAt(), EventKind.ITERATION_START, index(number));
            return;
        }
        int index = index(number);
        MicroBatch microBatch = microBatches[index];
        boolean roomy = !memory.recomputes() || makeRoom(microBatch);
        double budget = prepare(microBatch, roomy);
        if (microBatch.size() == 0) {
            microBatch.idle();
            if (!roomy) {
                refill(now); // others may have waited for what it gave up
            }
            return;
        }
        StepLoad load = microBatch.beginIteration(budget, this, tokensPerPair(budget));
        if (microBatch.running() == 0) {
            microBatch.idle();
            return;
        }
        announce(pipeline.run(now, load, microBatch.running()), EventKind.ITERATION_END, index);
    }

    /** Numbers of events hold the micro-batch and the era; what happened before the group failed is void. */
    private void announce(double time, EventKind kind, int index) {
        if (!pipeline.isDoomed(time)) {
            events.add(time, kind, group, era * microBatches.length + index);
        }
    }

    private int index(int number) {
        return number % microBatches.length;
    }

    private boolean isVoid(int number) {
        return number / microBatches.length != era;
    }

    @Override
    public void crash() {
        era++;
        queue.clear();
        for (int i = 0; i < microBatches.length; i++) {
            microBatches[i] = microBatch();
        }
        preempted.clear();
        memory.clear();
        forget();
    }

    @Override
    public final void recover(double now) {
        refill(now);
    }

    /** Forgets all sequences. */
    abstract void forget();

    /** Ends an iteration, lets sequences go and join, and goes on. */
    final void endIteration(int number, double now) {
        if (isVoid(number)) {
            return;
        }
        int index = index(number);
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
        startIteration(number, now);
    }

    private void complete(int request, double now) {
        table.complete(request, now);
        memory.release(table.total(request));
        completed(request, now);
    }

    /** Starts an idle micro-batch as soon as the first stage is free. */
    final void wake(int index, double now) {
        if (microBatches[index].schedule()) {
            events.add(now, EventKind.ITERATION_START, group, era * microBatches.length + index);
        }
    }

    @Override
    public final int waiting() {
        return queue.size() + preempted.size();
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
