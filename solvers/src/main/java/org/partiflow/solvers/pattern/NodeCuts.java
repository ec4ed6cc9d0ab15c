package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.plan.Phase;

/**
 * All cuts of a node that no other one dominates: dynamic programming over group sizes and phases, keeping for every number
 * of GPUs the cuts that are best in some mixture of prefill, decode and colocated rate. O(GPUs squared x phases x front).
 */
final class NodeCuts {
    /** A front is thinned beyond this; then the cuts are a choice, not all. */
    private static final int MOST_KEPT = 400;

    private NodeCuts() {}

    /** What a group of some GPUs of the node can do. */
    interface Rates {
        double requestsPerSecond(int count, Phase phase);

        double latencySeconds(int count, Phase phase);
    }

    static List<NodeCut> of(int gpus, List<Phase> phases, Rates rates) {
        List<List<NodeCut>> fronts = new ArrayList<>();
        for (int used = 0; used <= gpus; used++) {
            fronts.add(new ArrayList<>(List.of(NodeCut.NOTHING)));
        }
        for (int count = 1; count <= gpus; count++) {
            for (Phase phase : phases) {
                double rate = rates.requestsPerSecond(count, phase);
                for (int used = count; rate > 0 && used <= gpus; used++) {
                    for (NodeCut before : List.copyOf(fronts.get(used - count))) {
                        insert(fronts.get(used), before.with(count, phase, rate, rates.latencySeconds(count, phase)));
                    }
                }
            }
        }
        return fronts.get(gpus);
    }

    private static void insert(List<NodeCut> front, NodeCut cut) {
        for (NodeCut known : front) {
            if (known.isAtLeast(cut)) {
                return;
            }
        }
        front.removeIf(cut::isAtLeast);
        if (front.size() < MOST_KEPT) {
            front.add(cut);
        }
    }
}
