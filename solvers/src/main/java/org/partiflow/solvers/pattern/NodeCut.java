package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;

/**
 * A way to cut a node's GPUs into groups within the node, some GPUs perhaps left over.
 *
 * @param counts GPUs of each group
 * @param phases phase of each group
 * @param prefill requests per second that they can prefill
 * @param decode requests per second that they can decode
 * @param colocated requests per second that they can serve alone
 * @param prefillSeconds latencies of the prefill groups times their rates, summed
 */
record NodeCut(
        List<Integer> counts,
        List<Phase> phases,
        double prefill,
        double decode,
        double colocated,
        double prefillSeconds) {
    static final NodeCut NOTHING = new NodeCut(List.of(), List.of(), 0, 0, 0, 0);

    NodeCut {
        counts = List.copyOf(counts);
        phases = List.copyOf(phases);
    }

    /**
     * This and one more group.
     *
     * @param latencySeconds latency of a prefill group
     */
    NodeCut with(int count, Phase phase, double rate, double latencySeconds) {
        List<Integer> moreCounts = new ArrayList<>(counts);
        moreCounts.add(count);
        List<Phase> morePhases = new ArrayList<>(phases);
        morePhases.add(phase);
        return new NodeCut(
                moreCounts,
                morePhases,
                prefill + (phase == Phase.PREFILL ? rate : 0),
                decode + (phase == Phase.DECODE ? rate : 0),
                colocated + (phase == Phase.COLOCATED ? rate : 0),
                prefillSeconds + (phase == Phase.PREFILL ? rate * latencySeconds : 0));
    }

    double meanPrefillSeconds() {
        return prefill > 0 ? prefillSeconds / prefill : 0;
    }

    boolean isAtLeast(NodeCut other) {
        return prefill >= other.prefill && decode >= other.decode && colocated >= other.colocated;
    }

    /** What it can prefill if no more than {@code nicRequests} caches per second can leave the node. */
    double prefillThrough(double nicRequests) {
        return Math.min(prefill, decode + nicRequests);
    }

    /** What it can decode if no more than {@code nicRequests} caches per second can enter the node. */
    double decodeThrough(double nicRequests) {
        return Math.min(decode, prefill + nicRequests);
    }
}
