package org.partiflow.simulator;

import java.util.List;

/**
 * What ran when. Immutable.
 *
 * @param groups ids of the groups, in the plan's order
 * @param stages number of stages of each group
 * @param slices passes through stages, in the order in which they entered the first stage
 * @param transfers KV transfers, in the order in which they left the wire
 * @param requests completed requests, in order of arrival
 * @param truncated whether the limit of {@link SimulationOptions#traceSlices()} cut something off
 */
public record ExecutionTrace(
        List<String> groups,
        List<Integer> stages,
        List<Slice> slices,
        List<Transfer> transfers,
        List<Lifetime> requests,
        boolean truncated) {
    /**
     * One pass on one stage; times in seconds.
     *
     * @param group index of the group
     * @param stage index of the stage
     * @param startSeconds start
     * @param endSeconds end
     * @param sequences sequences in the pass
     * @param promptTokens prompt tokens processed
     * @param decodedTokens sequences that decode a token
     * @param waiting requests that wait at the group
     * @param kvTokens tokens reserved in the group's KV memory
     */
    public record Slice(
            int group,
            int stage,
            double startSeconds,
            double endSeconds,
            int sequences,
            long promptTokens,
            long decodedTokens,
            int waiting,
            long kvTokens) {
        /** The same, ended at another time. */
        Slice until(double end) {
            return new Slice(
                    group, stage, startSeconds, end, sequences, promptTokens, decodedTokens, waiting, kvTokens);
        }
    }

    /**
     * One KV transfer; times in seconds.
     *
     * @param request index of the request
     * @param from index of the prefill group
     * @param to index of the decode group
     * @param startSeconds start on the wire
     * @param wireEndSeconds last byte on the wire
     * @param readySeconds cache usable
     */
    public record Transfer(
            int request, int from, int to, double startSeconds, double wireEndSeconds, double readySeconds) {}

    /**
     * One request from its arrival to its last token; times in seconds.
     *
     * @param request its index
     * @param promptTokens prompt tokens
     * @param outputTokens output tokens
     * @param group index of its prefill or colocated group
     * @param arrivalSeconds arrival
     * @param firstTokenSeconds first token
     * @param finishSeconds last token
     */
    public record Lifetime(
            int request,
            int promptTokens,
            int outputTokens,
            int group,
            double arrivalSeconds,
            double firstTokenSeconds,
            double finishSeconds) {}

    /** Copies the lists. */
    public ExecutionTrace {
        groups = List.copyOf(groups);
        stages = List.copyOf(stages);
        slices = List.copyOf(slices);
        transfers = List.copyOf(transfers);
        requests = List.copyOf(requests);
    }
}
