package org.partiflow.simulator;

/**
 * A decode or colocated group under continuous batching. Sequences are spread over as many micro-batches as there are
 * stages and join the smallest at its next iteration. A colocated group admits a request when prompt and output fit into
 * its KV memory; a decode group's memory was reserved before the transfer.
 */
final class BatchingServer implements GroupServer {
    private final int group;
    private final int batch;
    private final int maxTokens;
    private final boolean prefills;
    private final RequestTable table;
    private final EventQueue events;
    private final KvTransfers transfers;
    private final Pipeline pipeline;
    private final KvMemory memory;
    private final MicroBatch[] microBatches;
    private final IntFifo queue = new IntFifo();
    private int inFlight;

    BatchingServer(
            int group,
            int batch,
            int maxTokens,
            boolean prefills,
            Pipeline pipeline,
            KvMemory memory,
            PrefillServer.Shared shared) {
        this.group = group;
        this.batch = Math.max(1, batch);
        this.maxTokens = maxTokens;
        this.prefills = prefills;
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

    @Override
    public void accept(int request, double now) {
        queue.add(request);
        admit(now);
    }

    /** Starts an iteration, or comes back when the first stage is free. */
    void startIteration(int index, double now) {
        if (pipeline.freeAt() > now) {
            events.add(pipeline.freeAt(), EventKind.ITERATION_START, group, index);
            return;
        }
        MicroBatch microBatch = microBatches[index];
        double end = pipeline.run(now, microBatch.beginIteration(maxTokens), microBatch.running());
        events.add(end, EventKind.ITERATION_END, group, index);
    }

    /** Ends an iteration, lets sequences go and join, and goes on. */
    void endIteration(int index, double now) {
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
            }
        }
        admit(now);
        if (microBatch.size() > 0) {
            startIteration(index, now);
        } else {
            microBatch.idle();
        }
    }

    private void complete(int request, double now) {
        table.complete(request, now);
        memory.release(table.total(request));
        inFlight--;
        if (!prefills) {
            transfers.admit(group, now);
        }
    }

    private void admit(double now) {
        while (!queue.isEmpty() && inFlight < batch) {
            int request = queue.peek();
            if (prefills && !memory.tryTake(table.total(request))) {
                return;
            }
            queue.poll();
            inFlight++;
            int smallest = smallest();
            microBatches[smallest].join(request, !prefills);
            if (microBatches[smallest].schedule()) {
                events.add(now, EventKind.ITERATION_START, group, smallest);
            }
        }
    }

    private int smallest() {
        int best = 0;
        for (int i = 1; i < microBatches.length; i++) {
            if (microBatches[i].size() < microBatches[best].size()) {
                best = i;
            }
        }
        return best;
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
