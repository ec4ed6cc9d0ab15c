package org.partiflow.solvers.replan;

import org.partiflow.solvers.network.Group;

/**
 * A group on certain GPUs.
 *
 * @param id its id in the old plan; empty if it is not in there with these stages and this phase
 * @param group set, phase and strategy
 * @param gpus its GPUs in stage order
 */
@SuppressWarnings("ArrayRecordComponent") // hot in the search; never written to after construction
record Placed(String id, Group group, int[] gpus) {
    boolean isOriginal() {
        return !id.isEmpty();
    }
}
