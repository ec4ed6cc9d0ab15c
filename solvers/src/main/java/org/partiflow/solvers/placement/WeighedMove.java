package org.partiflow.solvers.placement;

import java.util.List;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * A move that was worked out, but for its flow.
 *
 * @param groups all groups after it
 * @param pool GPUs in no group after it
 * @param atBest what it is worth if the flow is as great as its bound
 */
record WeighedMove(List<Group> groups, GpuSet pool, Score atBest) {
    /** Equal for equal groups, whatever their order; different for others but for one chance in 2^64. */
    long key() {
        long sum = 0;
        for (Group group : groups) {
            long mixed = (group.number() + 1) * 0x9E3779B97F4A7C15L;
            mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            sum += mixed ^ (mixed >>> 31);
        }
        return sum;
    }
}
