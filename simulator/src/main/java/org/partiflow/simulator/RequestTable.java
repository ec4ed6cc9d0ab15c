package org.partiflow.simulator;

import java.util.Arrays;

/** The requests of one run, by column; indexed in order of arrival. Times in seconds, NaN where not known (yet). */
final class RequestTable {
    static final byte ON_ITS_WAY = 0;
    static final byte COMPLETED = 1;
    static final byte REJECTED = 2;
    static final byte LOST = 3;
    /** Number of states. */
    static final int STATES = 4;

    /** Places of a request on its way: in a queue, at work in its first group, at its decode group. */
    static final byte QUEUED = 0;

    static final byte INSIDE = 1;
    static final byte HANDED_OVER = 2;

    /** What its KV cache is doing: nothing, waiting for memory, on the wire, on its last bit after the wire,
     * waiting until it may begin, waiting for its next chunk. */
    static final byte STAYS = 0;

    static final byte ASKED = 1;
    static final byte ON_WIRE = 2;
    static final byte LANDING = 3;
    static final byte CALLED = 4;
    static final byte AWAITING = 5;

    final int size;
    final double[] arrival;
    final int[] prompt;
    final int[] output;
    final byte[] state;
    final byte[] place;
    final byte[] cache;
    /** How often it started again: events of earlier tries are void. */
    final int[] tries;
    /** Requests that have arrived and are on their way. */
    int inSystem;
    /** Index of the route, -1 for none. */
    final int[] route;
    /** Index of its prefill or colocated group, -1 for none. */
    final int[] entry;
    /** Index of its decode group, -1 for none. */
    final int[] second;
    /** Requests that are on their way to, in or from each group; empty where nobody asks. */
    int[] outstanding = {};
    /** End of prefill; where chosen ahead, it may lie in the future. */
    final double[] firstToken;

    final double[] finish;
    final double[] transferStart;
    final double[] transferBusy;
    final double[] transferVisible;
    /** Prompt tokens already processed by a colocated group. */
    final int[] prefilled;
    /** Output tokens that have become part of the prompt, since their cache must be computed again. */
    final int[] folded;
    /** When the first token was made, for requests that were recomputed later. */
    final double[] firstHeard;
    /** How often a sequence's cache was given up. */
    long preemptions;

    RequestTable(double[] arrival, int[] prompt, int[] output) {
        size = arrival.length;
        this.arrival = arrival;
        this.prompt = prompt;
        this.output = output;
        state = new byte[size];
        place = new byte[size];
        cache = new byte[size];
        tries = new int[size];
        route = new int[size];
        Arrays.fill(route, -1);
        entry = route.clone();
        second = route.clone();
        firstToken = unknown();
        finish = unknown();
        transferStart = unknown();
        transferBusy = unknown();
        transferVisible = unknown();
        prefilled = new int[size];
        folded = new int[size];
        firstHeard = unknown();
    }

    /** Tokens in the cache at the request's end. */
    int total(int request) {
        return prompt[request] + output[request];
    }

    /** Whether the request ends with its first token. */
    boolean endsAtFirstToken(int request) {
        return output[request] == 1;
    }

    /** Its cache is given up: the tokens made so far become part of the prompt. */
    void preempt(int request, int made) {
        if (Double.isNaN(firstHeard[request])) {
            firstHeard[request] = firstToken[request];
        }
        prompt[request] += made;
        output[request] -= made;
        folded[request] += made;
        prefilled[request] = 0;
        preemptions++;
    }

    /** Prompt tokens as they arrived. */
    int givenPrompt(int request) {
        return prompt[request] - folded[request];
    }

    /** Output tokens in all. */
    int wantedOutput(int request) {
        return output[request] + folded[request];
    }

    /** When its first token was made. */
    double firstTokenAt(int request) {
        return Double.isNaN(firstHeard[request]) ? firstToken[request] : firstHeard[request];
    }

    void complete(int request, double now) {
        finish[request] = now;
        state[request] = COMPLETED;
        inSystem--;
        if (entry[request] >= 0) {
            outstanding[second[request] >= 0 ? second[request] : entry[request]]--;
        }
    }

    /** Notes its first group. */
    void assign(int request, int first) {
        entry[request] = first;
        outstanding[first]++;
    }

    /** Notes its decode group, instead of another one if it had one. */
    void assignSecond(int request, int then) {
        if (second[request] >= 0) {
            outstanding[second[request]]--;
        }
        second[request] = then;
        outstanding[then]++;
    }

    /** Its cache has left the prefill group. */
    void leftEntry(int request) {
        outstanding[entry[request]]--;
        place[request] = HANDED_OVER;
        cache[request] = STAYS;
    }

    /** Takes it out of the groups that it was given, as if it had just arrived. */
    void startAgain(int request) {
        withdraw(request);
        tries[request]++;
        place[request] = QUEUED;
        cache[request] = STAYS;
        route[request] = -1;
        prompt[request] -= folded[request];
        output[request] += folded[request];
        folded[request] = 0;
        prefilled[request] = 0;
        firstHeard[request] = Double.NaN;
        firstToken[request] = Double.NaN;
        transferStart[request] = Double.NaN;
        transferBusy[request] = Double.NaN;
        transferVisible[request] = Double.NaN;
    }

    /** It will never complete. */
    void lose(int request) {
        withdraw(request);
        tries[request]++;
        state[request] = LOST;
        inSystem--;
    }

    private void withdraw(int request) {
        if (entry[request] >= 0 && place[request] != HANDED_OVER) {
            outstanding[entry[request]]--;
        }
        if (second[request] >= 0) {
            outstanding[second[request]]--;
        }
        entry[request] = -1;
        second[request] = -1;
    }

    private double[] unknown() {
        double[] column = new double[size];
        Arrays.fill(column, Double.NaN);
        return column;
    }
}
