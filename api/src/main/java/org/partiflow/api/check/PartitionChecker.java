package org.partiflow.api.check;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionRequest;

/** Checks a partition against its request, in O(vertices). Stateless. */
public final class PartitionChecker {
    private PartitionChecker() {}

    /** Everything that is wrong with {@code partition}; empty if it keeps every limit of {@code request}. */
    public static List<Violation> violations(PartitionRequest request, Partition partition) {
        List<Violation> violations = new ArrayList<>();
        if (partition.size() != request.graph().size() || partition.blocks() != request.blocks()) {
            violations.add(new Violation(
                    "size",
                    "partition",
                    partition.size() + " vertices in " + partition.blocks() + " blocks; asked for "
                            + request.graph().size() + " in " + request.blocks()));
            return violations;
        }
        long[] weight = new long[partition.blocks()];
        for (int v = 0; v < partition.size(); v++) {
            weight[partition.blockOf(v)] += request.graph().vertexWeight(v);
        }
        long most = request.maxBlockWeight();
        for (int block = 0; block < weight.length; block++) {
            if (weight[block] > most) {
                violations.add(new Violation("balance", "block " + block, "weighs " + weight[block] + " of " + most));
            }
            if (weight[block] == 0 || weight[block] < request.minBlockWeight()) {
                violations.add(new Violation(
                        "least-weight",
                        "block " + block,
                        "weighs " + weight[block] + ", needs " + Math.max(1, request.minBlockWeight())));
            }
        }
        return violations;
    }
}
