package org.partiflow.simulator;

import java.util.Arrays;

/** The requests of one run, by column; indexed in order of arrival. Times in seconds, NaN where not known (yet). */
final class RequestTable {
    static final byte ON_ITS_WAY = 0;
    static final byte COMPLETED = 1;
    static final byte REJECTED = 2;

    final int size;
    final double[] arrival;
    final int[] prompt;
    final int[] output;
    final byte[] state;
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

    RequestTable(double[] arrival, int[] prompt, int[] output) {
        size = arrival.length;
        this.arrival = arrival;
        this.prompt = prompt;
        this.output = output;
        state = new byte[size];
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
    }

    /** Tokens in the cache at the request's end. */
    int total(int request) {
        return prompt[request] + output[request];
    }

    /** Whether the request ends with its first token. */
    boolean endsAtFirstToken(int request) {
        return output[request] == 1;
    }

    void complete(int request, double now) {
        finish[request] = now;
        state[request] = COMPLETED;
        if (entry[request] >= 0) {
            outstanding[second[request] >= 0 ? second[request] : entry[request]]--;
        }
    }

    /** Notes its groups; the second is -1 if it needs none. */
    void assign(int request, int first, int then) {
        entry[request] = first;
        second[request] = then;
        outstanding[first]++;
        if (then >= 0) {
            outstanding[then]++;
        }
    }

    /** Its cache has left the prefill group. */
    void leftEntry(int request) {
        outstanding[entry[request]]--;
    }

    private double[] unknown() {
        double[] column = new double[size];
        Arrays.fill(column, Double.NaN);
        return column;
    }
}
