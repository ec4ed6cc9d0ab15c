package org.partiflow.simulator;

/**
 * A colocated group with chunked prefill. While other sequences decode, an iteration holds as many tokens as the plan's
 * mean iteration: decoding sequences first, the rest filled with prompt chunks, oldest first, shorter ones late in a prompt
 * whose attention takes longer there (adaptive chunks, arXiv 2409.17264). Such even iterations keep the pipeline free of
 * bubbles (arXiv 2403.02310), and hold the number of sequences at the plan's batch: with fewer, prompts get more room.
 * Where nothing decodes, a prompt gets all the tokens that the engine allows.
 *
 * <p>A request is taken from the queue by the first micro-batch that has room for some of its prompt. Chunks take KV memory
 * as they are computed, the last one that of the output too. What the prompts that have begun still need is promised to
 * them; at most the newest begins before all of its memory is free, and waits for sequences to end. So none can lock
 * another out.
 */
final class ColocatedServer extends BatchingServer {
    private final int maxSequences;
    private final int most;
    private final int maxTokens;
    private final double plannedTokens;
    private final double tokensPerPair;
    private int decoding;
    private int inFlight;
    private long promised;
    private int newest = -1;

    /**
     * A server.
     *
     * @param maxSequences most sequences of a micro-batch
     * @param most most sequences in all
     * @param maxTokens most tokens of an iteration
     * @param planned the plan's mean iteration
     */
    ColocatedServer(
            int group,
            int maxSequences,
            int most,
            int maxTokens,
            BatchLimits.Iteration planned,
            Pipeline pipeline,
            KvMemory memory,
            PrefillServer.Shared shared) {
        super(group, pipeline, memory, shared);
        this.maxSequences = maxSequences;
        this.most = most;
        this.maxTokens = maxTokens;
        plannedTokens = Math.min(maxTokens, Math.max(1, planned.tokens()));
        tokensPerPair = planned.tokensPerPair();
    }

    @Override
    public void accept(int request, double now) {
        queue.add(request);
        refill(now);
    }

    @Override
    double prepare(MicroBatch microBatch, boolean admits) {
        double tokens = decoding > 0 ? plannedTokens : maxTokens;
        double room = tokens - microBatch.decoding() - microBatch.promptTokensLeft();
        while (admits && room > 0 && microBatch.size() < maxSequences && inFlight < most && canBegin()) {
            newest = preempted.isEmpty() ? queue.poll() : preempted.poll();
            promised += whole(newest);
            inFlight++;
            table.place[newest] = RequestTable.INSIDE;
            microBatch.join(newest, false);
            room -= table.prompt[newest];
        }
        return tokens;
    }

    /** Whether a sequence to be recomputed, or else the first of the queue, may begin. */
    private boolean canBegin() {
        if (!preempted.isEmpty()) {
            return canRecompute();
        }
        if (queue.isEmpty()) {
            return false;
        }
        return memory.recomputes() ? whole(queue.peek()) <= memory.free() - promised : memory.free() > promised;
    }

    /** What a request holds after its last chunk. */
    private long whole(int request) {
        return memory.atFirstToken(table.prompt[request], table.output[request]);
    }

    @Override
    long promised() {
        return promised;
    }

    @Override
    void stoppedDecoding() {
        inFlight--;
        decoding--;
    }

    @Override
    double tokensPerPair(double budget) {
        return budget < maxTokens ? tokensPerPair : 0;
    }

    @Override
    public int claim(int request, int wanted) {
        int done = table.prefilled[request];
        long held = memory.rounded(done);
        long rest = whole(request) - held;
        long free = memory.free() - (request == newest ? promised - rest : 0);
        boolean last = done + wanted == table.prompt[request];
        int tokens = last && rest > free ? wanted - 1 : wanted;
        tokens = (int) Math.max(0, Math.min(tokens, held + free - done));
        long taken = last && tokens == wanted ? rest : memory.rounded((long) done + tokens) - held;
        memory.take(taken);
        promised -= taken;
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
    void forget() {
        inFlight = 0;
        decoding = 0;
        promised = 0;
        newest = -1;
    }

    @Override
    void refill(double now) {
        int calls = waiting();
        for (int i = 0; i < microBatches.length; i++) {
            if (microBatches[i].isIdle() && (calls > 0 || microBatches[i].size() > 0)) {
                calls -= microBatches[i].size() == 0 ? 1 : 0;
                wake(i, now);
            }
        }
    }
}
