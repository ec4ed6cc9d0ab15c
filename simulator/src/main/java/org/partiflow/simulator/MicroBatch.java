package org.partiflow.simulator;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cost.StepLoad;

/**
 * Sequences that go through the pipeline together. Work per iteration is O(prompts in it), not O(sequences): each
 * sequence is kept by the iteration at which it ends, and the cached tokens are kept as a sum.
 */
final class MicroBatch {
    private final RequestTable table;
    private final IntFifo joining = new IntFifo();
    private final IntFifo prefilling = new IntFifo();
    private final KeyedHeap endings = new KeyedHeap();
    private int decoding;
    private long promptTokensLeft;
    private double contextTokens;
    private double iterations;
    private int promptsEnding;
    private int promptsRunning;
    private boolean scheduled;
    private final int @Nullable [] crossings;

    /** Gives prompts the memory for their chunks. */
    interface Room {
        /** Takes memory for at most {@code wanted} more tokens of a prompt; returns for how many. */
        int claim(int request, int wanted);
    }

    /**
     * Without sequences.
     *
     * @param block tokens per block of KV memory; 0 if nobody asks for growth or the latest sequence
     */
    MicroBatch(RequestTable table, int block) {
        this.table = table;
        crossings = block > 0 ? new int[block] : null;
    }

    int size() {
        return joining.size() + prefilling.size() + decoding;
    }

    /** Takes a sequence from the next iteration on; one whose first token is made decodes, others prefill. */
    void join(int request, boolean decodes) {
        (decodes ? joining : prefilling).add(request);
        promptTokensLeft += decodes ? 0 : table.prompt[request];
    }

    /** Marks it as scheduled; returns whether it was idle. */
    boolean schedule() {
        boolean idle = !scheduled;
        scheduled = true;
        return idle;
    }

    void idle() {
        scheduled = false;
    }

    boolean isIdle() {
        return !scheduled;
    }

    /** Sequences that decode. */
    int decoding() {
        return decoding;
    }

    /** Tokens of its prompts that no iteration has taken yet. */
    long promptTokensLeft() {
        return promptTokensLeft;
    }

    /** Sequences in the current iteration. */
    int running() {
        return decoding + promptsRunning;
    }

    /**
     * Lets sequences join and fills the rest of the budget with chunks of prompts.
     *
     * @param budget tokens that the iteration may hold
     * @param room memory for the chunks
     * @param tokensPerPair what a query-key pair of a prompt takes of the budget
     */
    StepLoad beginIteration(double budget, Room room, double tokensPerPair) {
        startJoining();
        double left = budget - decoding;
        int tokens = 0;
        double pairs = 0;
        promptsEnding = 0;
        promptsRunning = 0;
        while (promptsRunning < prefilling.size() && left >= 1) {
            int request = prefilling.get(promptsRunning);
            int done = table.prefilled[request];
            int most = chunkWithin(left, done, tokensPerPair);
            int chunk = room.claim(request, Math.min(most, table.prompt[request] - done));
            if (chunk == 0) {
                break;
            }
            promptsRunning++;
            double chunkPairs = PrefillServer.causalPairs(done, chunk);
            pairs += chunkPairs;
            table.prefilled[request] = done + chunk;
            promptsEnding += done + chunk == table.prompt[request] ? 1 : 0;
            tokens += chunk;
            promptTokensLeft -= chunk;
            left -= chunk + tokensPerPair * chunkPairs;
        }
        return new StepLoad(tokens, pairs, promptsEnding, decoding, contextTokens);
    }

    /** Lets sequences that have joined decode. */
    void startJoining() {
        while (!joining.isEmpty()) {
            startDecoding(joining.poll());
        }
    }

    /** How many sequences need another block for the next iteration. O(1). */
    int growing() {
        int[] counts = Objects.requireNonNull(crossings);
        return counts[(int) Math.floorMod((long) -iterations, (long) counts.length)];
    }

    /** The decoding sequence that arrived last. O(sequences). */
    int latest() {
        return Arrays.stream(endings.toArray()).max().orElseThrow();
    }

    /** Takes a decoding sequence out; returns how many tokens it has made. O(sequences). */
    int drop(int request) {
        double key = endings.keyOf(request);
        endings.remove(request);
        decoding--;
        int missing = (int) (key - iterations);
        contextTokens -= table.total(request) - missing;
        count(request, key, -1);
        return table.output[request] - missing;
    }

    /** A sequence needs a new block before every iteration in which its cached tokens fill whole blocks. */
    private void count(int request, double ending, int change) {
        if (crossings != null) {
            crossings[(int) Math.floorMod(table.total(request) - (long) ending, (long) crossings.length)] += change;
        }
    }

    /** Most tokens, at least 1, of a chunk after {@code done} tokens that with their pairs stay within a budget. */
    private static int chunkWithin(double budget, int done, double tokensPerPair) {
        if (tokensPerPair == 0) {
            return (int) Math.min(Integer.MAX_VALUE, budget);
        }
        double linear = 1 + tokensPerPair * (done + 0.5);
        double root = Math.sqrt(linear * linear + 2 * tokensPerPair * budget);
        return (int) Math.max(1, 2 * budget / (linear + root));
    }

    /** Counts a token for every decoding sequence. */
    void endIteration() {
        iterations++;
        contextTokens += decoding;
    }

    /** Next sequence that ended with this iteration; -1 if there is none left. */
    int pollEnded() {
        if (endings.isEmpty() || endings.firstKey() > iterations) {
            return -1;
        }
        double key = endings.firstKey();
        int request = endings.poll();
        count(request, key, -1);
        decoding--;
        contextTokens -= table.total(request);
        return request;
    }

    /** Next request whose first token was made in this iteration; -1 if there is none left. */
    int pollFirstToken() {
        if (promptsEnding == 0) {
            return -1;
        }
        promptsEnding--;
        return prefilling.poll();
    }

    /** Decodes a sequence from the next iteration on. */
    void startDecoding(int request) {
        decoding++;
        contextTokens += table.prompt[request] + 1;
        double ending = iterations + table.output[request] - 1;
        endings.add(ending, request);
        count(request, ending, 1);
    }
}
