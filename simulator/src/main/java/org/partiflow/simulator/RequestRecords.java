package org.partiflow.simulator;

/**
 * Every request of a replay, indexed in order of arrival, for distribution plots. Latencies are NaN for requests that did
 * not complete. All queries are O(1). Immutable and thread-safe.
 */
public final class RequestRecords {
    /** What became of a request. */
    public enum Outcome {
        /** All tokens were made. */
        COMPLETED,
        /** Longer than the KV memory of every group that it could reach. */
        REJECTED,
        /** Gone with hardware that failed. */
        LOST,
        /** Still on its way when the replay stopped. */
        UNFINISHED
    }

    private final RequestTable table;
    private final int arrived;

    RequestRecords(RequestTable table, int arrived) {
        this.table = table;
        this.arrived = arrived;
    }

    /** Number of requests that arrived. */
    public int size() {
        return arrived;
    }

    /** What became of it. */
    public Outcome outcome(int request) {
        return switch (table.state[request]) {
            case RequestTable.COMPLETED -> Outcome.COMPLETED;
            case RequestTable.REJECTED -> Outcome.REJECTED;
            case RequestTable.LOST -> Outcome.LOST;
            default -> Outcome.UNFINISHED;
        };
    }

    /** Arrival time, seconds from the start. */
    public double arrivalSeconds(int request) {
        return table.arrival[request];
    }

    /** Prompt length, tokens. */
    public int promptTokens(int request) {
        return table.givenPrompt(request);
    }

    /** Output length, tokens. */
    public int outputTokens(int request) {
        return table.wantedOutput(request);
    }

    /** Arrival to first token, queueing included. */
    public double timeToFirstTokenSeconds(int request) {
        return completed(request) ? table.firstTokenAt(request) - table.arrival[request] : Double.NaN;
    }

    /**
     * Mean time per output token after the first, KV transfer and waiting for decode included; NaN for a request with one
     * output token.
     */
    public double timePerOutputTokenSeconds(int request) {
        return completed(request) && table.wantedOutput(request) > 1
                ? (table.finish[request] - table.firstTokenAt(request)) / (table.wantedOutput(request) - 1)
                : Double.NaN;
    }

    /** Arrival to last token. */
    public double endToEndSeconds(int request) {
        return completed(request) ? table.finish[request] - table.arrival[request] : Double.NaN;
    }

    /** Time on the wire of its KV cache; NaN if none was sent. */
    public double kvTransferSeconds(int request) {
        return completed(request) ? table.transferBusy[request] : Double.NaN;
    }

    /** End of prefill to the cache being usable by the decode group, waiting for its memory included; NaN if none. */
    public double kvTransferVisibleSeconds(int request) {
        return completed(request) ? table.transferVisible[request] : Double.NaN;
    }

    private boolean completed(int request) {
        return table.state[request] == RequestTable.COMPLETED;
    }
}
