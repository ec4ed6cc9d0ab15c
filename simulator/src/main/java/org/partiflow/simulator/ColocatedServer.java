package org.partiflow.simulator;

/**
 * A colocated group with chunked prefill. While other sequences decode, an iteration holds as many tokens as the plan's
 * mean iteration: decoding sequences first, the rest filled with prompt chunks, oldest first. Such even iterations keep
 * the pipeline free of bubbles, and hold the number of sequences at the plan's batch: with fewer, prompts get more room.
 * Where nothing decodes, a prompt gets all the tokens that the engine allows.
 *
 * <p>A request is taken from the queue by the first micro-batch that has room for some of its prompt, if prompt and output
 * fit into the KV memory.
 */
final class ColocatedServer extends BatchingServer {
    private final int maxSequences;
    private final int most;
    private final int maxTokens;
    private final int plannedTokens;
    private int decoding;
    private int inFlight;

    /**
     * A server.
     *
     * @param maxSequences most sequences of a micro-batch
     * @param most most sequences in all
     * @param maxTokens most tokens of an iteration
     * @param plannedTokens tokens of an iteration in the plan
     */
    ColocatedServer(
            int group,
            int maxSequences,
            int most,
            int maxTokens,
            double plannedTokens,
            Pipeline pipeline,
            KvMemory memory,
            PrefillServer.Shared shared) {
        super(group, pipeline, memory, shared);
        this.maxSequences = maxSequences;
        this.most = most;
        this.maxTokens = maxTokens;
        this.plannedTokens = (int) Math.min(maxTokens, Math.max(1, Math.ceil(plannedTokens)));
    }

    @Override
    public void accept(int request, double now) {
        queue.add(request);
        refill(now);
    }

    @Override
    int prepare(MicroBatch microBatch) {
        int tokens = decoding > 0 ? plannedTokens : maxTokens;
        long room = tokens - (long) microBatch.decoding() - microBatch.promptTokensLeft();
        while (room > 0 && !queue.isEmpty() && microBatch.size() < maxSequences && inFlight < most) {
            int request = queue.peek();
            if (!memory.tryTake(table.total(request))) {
                break;
            }
            inFlight++;
            microBatch.join(queue.poll(), false);
            room -= table.prompt[request];
        }
        return tokens;
    }

    @Override
    void completed(int request, double now) {
        inFlight--;
        decoding -= table.endsAtFirstToken(request) ? 0 : 1;
    }

    @Override
    void startedDecoding() {
        decoding++;
    }

    @Override
    void refill(double now) {
        for (int i = 0; i < microBatches.length && !queue.isEmpty(); i++) {
            if (microBatches[i].isIdle()) {
                wake(i, now);
                return;
            }
        }
    }
}
