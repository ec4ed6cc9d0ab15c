package org.partiflow.simulator;

/**
 * A decode group. Its memory was reserved before the transfer; a sequence joins the smallest micro-batch at its next
 * iteration. Sequences whose cache was given up are recomputed here, their tokens as prompts of mixed iterations.
 */
final class DecodeServer extends BatchingServer {
    private final int batch;
    private final int maxTokens;
    private int inFlight;

    /**
     * A server.
     *
     * @param batch most sequences in all micro-batches together
     * @param maxTokens most tokens of an iteration that recomputes
     */
    DecodeServer(int group, int batch, int maxTokens, Pipeline pipeline, KvMemory memory, PrefillServer.Shared shared) {
        super(group, pipeline, memory, shared);
        this.batch = Math.max(1, batch);
        this.maxTokens = maxTokens;
    }

    @Override
    public void accept(int request, double now) {
        queue.add(request);
        refill(now);
    }

    @Override
    double prepare(MicroBatch microBatch, boolean admits) {
        double room = maxTokens - (double) microBatch.promptTokensLeft();
        while (admits && room > 0 && inFlight < batch && canRecompute()) {
            int request = preempted.poll();
            memory.take(memory.rounded(table.prompt[request] + 1L));
            inFlight++;
            microBatch.join(request, false);
            room -= table.prompt[request];
        }
        transfers.pause(group, !preempted.isEmpty());
        return microBatch.promptTokensLeft() > 0 ? maxTokens + microBatch.decoding() : Double.POSITIVE_INFINITY;
    }

    @Override
    void stoppedDecoding() {
        inFlight--;
    }

    @Override
    public int claim(int request, int wanted) {
        return wanted;
    }

    @Override
    void completed(int request, double now) {
        inFlight--;
        transfers.admit(group, now);
    }

    @Override
    void forget() {
        inFlight = 0;
        transfers.pause(group, false);
    }

    @Override
    void refill(double now) {
        while (!queue.isEmpty() && inFlight < batch) {
            inFlight++;
            int smallest = smallest();
            microBatches[smallest].join(queue.poll(), true);
            wake(smallest, now);
        }
        if (canRecompute() && inFlight < batch) {
            wake(smallest(), now);
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
}
