package org.partiflow.simulator;

/**
 * A decode group. Its memory was reserved before the transfer; a sequence joins the smallest micro-batch at its next
 * iteration.
 */
final class DecodeServer extends BatchingServer {
    private final int batch;
    private int inFlight;

    /** A server of at most {@code batch} sequences in all micro-batches together. */
    DecodeServer(int group, int batch, Pipeline pipeline, KvMemory memory, PrefillServer.Shared shared) {
        super(group, pipeline, memory, shared);
        this.batch = Math.max(1, batch);
    }

    @Override
    public void accept(int request, double now) {
        queue.add(request);
        refill(now);
    }

    @Override
    double prepare(MicroBatch microBatch) {
        return Double.POSITIVE_INFINITY;
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
    }

    @Override
    void refill(double now) {
        while (!queue.isEmpty() && inFlight < batch) {
            inFlight++;
            int smallest = smallest();
            microBatches[smallest].join(queue.poll(), true);
            wake(smallest, now);
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
