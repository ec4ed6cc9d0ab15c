package org.partiflow.api.check;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PhaseMetrics;
import org.partiflow.api.graph.PhasePartitionRequest;

/** Checks a phase partition against its request, in O(groups squared). Stateless. */
public final class PhasePartitionChecker {
    private PhasePartitionChecker() {}

    /** Everything that is wrong with {@code partition}; empty if it keeps every limit of {@code request}. */
    public static List<Violation> violations(PhasePartitionRequest request, Partition partition) {
        if (partition.size() != request.graph().size() || partition.blocks() != 2) {
            return List.of(new Violation(
                    "size",
                    "phase partition",
                    partition.size() + " groups in " + partition.blocks() + " blocks; asked for "
                            + request.graph().size() + " in 2"));
        }
        PhaseMetrics metrics = PhaseMetrics.of(request.graph(), partition);
        List<Violation> violations = new ArrayList<>();
        addSide(violations, request, partition, PhasePartitionRequest.PREFILL, metrics.prefillSupply());
        addSide(violations, request, partition, PhasePartitionRequest.DECODE, metrics.decodeSupply());
        return violations;
    }

    private static void addSide(
            List<Violation> violations, PhasePartitionRequest request, Partition partition, int block, long supply) {
        String side = block == PhasePartitionRequest.PREFILL ? "prefill side" : "decode side";
        if (partition.members(block).length == 0) {
            violations.add(new Violation("empty-side", side, "has no group"));
        }
        if (supply < request.leastSupply()) {
            violations.add(new Violation("supply", side, "supplies " + supply + ", needs " + request.leastSupply()));
        }
    }
}
