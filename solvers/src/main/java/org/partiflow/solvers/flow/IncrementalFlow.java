package org.partiflow.solvers.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;

/**
 * A flow in any network that stays maximal while capacities change. For three layers, {@link BipartiteFlow} is much
 * faster.
 *
 * <p>Where a capacity falls below what flows, what the arc's head passed on is taken back down to the sink, and its tail
 * keeps the surplus until {@link #maximise()}, a push-relabel run that starts from the flow as it is, finds it another way or returns it to
 * the source. Flow values and cuts do not depend on the history, the distribution of the flow may.
 *
 * <p>A change costs O(1), or O(vertices + arcs) for each path of surplus taken off; {@link #maximise()} is O(vertices +
 * arcs) plus the work that the changes make. Not thread-safe.
 */
public final class IncrementalFlow {
    private final FlowNetwork network;
    private final Residual residual;
    private final PushRelabel run;
    private final long[] capacity;
    private final int[] parent;
    private final int[] queue;
    private boolean @Nullable [] sourceSide;
    private long @Nullable [] markedCapacity;
    private long @Nullable [] markedResidual;

    /** Starts with the capacities of {@code network}; nothing flows yet. */
    public IncrementalFlow(FlowNetwork network) {
        this.network = network;
        residual = new Residual(network, true);
        run = new PushRelabel(network, residual);
        capacity = new long[network.arcs()];
        for (int arc = 0; arc < capacity.length; arc++) {
            capacity[arc] = network.capacity(arc);
        }
        parent = new int[network.vertices()];
        queue = new int[network.vertices()];
    }

    /** Capacity of an arc now. */
    public long capacity(int arc) {
        return capacity[arc];
    }

    /**
     * Sets an arc's capacity.
     *
     * @throws IllegalArgumentException if it is not in [0, {@link FlowNetwork#MAX_CAPACITY}]
     */
    public void setCapacity(int arc, long amount) {
        if (amount < 0 || amount > FlowNetwork.MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity " + amount + " is not in [0, " + FlowNetwork.MAX_CAPACITY + "]");
        }
        int entry = residual.entry(arc);
        capacity[arc] = amount;
        if (entry < 0) {
            return;
        }
        int mate = residual.mate[entry];
        long carried = residual.capacity[mate];
        long surplus = Math.max(0, carried - amount);
        residual.capacity[mate] = carried - surplus;
        residual.capacity[entry] = amount - residual.capacity[mate];
        sourceSide = null;
        if (surplus > 0) {
            takeBack(network.from(arc), network.to(arc), surplus);
        }
    }

    /** A maximum flow and the minimum cut with the smallest sink side. */
    public MaxFlow maximise() {
        boolean[] side = sourceSide;
        if (side == null) {
            side = run.maximise();
            sourceSide = side;
        }
        return run.result(side.clone());
    }

    /** From now on changes can be taken back by {@link #rollback()}. An earlier mark is forgotten. O(arcs). */
    public void mark() {
        maximise();
        markedCapacity = capacity.clone();
        markedResidual = residual.capacity.clone();
    }

    /**
     * Restores capacities and flow as of {@link #mark()}. O(arcs).
     *
     * @throws IllegalStateException without a mark
     */
    public void rollback() {
        long[] capacities = markedCapacity;
        long[] residuals = markedResidual;
        if (capacities == null || residuals == null) {
            throw new IllegalStateException("rollback needs a mark; call mark() before the changes to take back");
        }
        System.arraycopy(capacities, 0, capacity, 0, capacity.length);
        System.arraycopy(residuals, 0, residual.capacity, 0, residual.capacity.length);
        run.forgetStranded();
        sourceSide = null;
        markedCapacity = null;
        markedResidual = null;
    }

    /** The tail keeps {@code surplus}; what the head passed on of it is cancelled down to the sink or to what is kept. */
    private void takeBack(int tail, int head, long surplus) {
        run.strand(tail, surplus);
        long lacking = head == network.sink() ? 0 : surplus;
        while (lacking > 0) {
            int end = findGiver(head);
            long amount = end == network.sink() ? lacking : Math.min(lacking, run.stranded(end));
            for (int v = end; v != head; v = residual.head[residual.mate[parent[v]]]) {
                amount = Math.min(amount, residual.capacity[residual.mate[parent[v]]]);
            }
            for (int v = end; v != head; v = residual.head[residual.mate[parent[v]]]) {
                residual.capacity[parent[v]] += amount;
                residual.capacity[residual.mate[parent[v]]] -= amount;
            }
            if (end != network.sink()) {
                run.strand(end, -amount);
            }
            lacking -= amount;
        }
    }

    /** Breadth-first along arcs that carry flow, from {@code start} to the sink or a vertex that keeps flow. */
    private int findGiver(int start) {
        Arrays.fill(parent, -1);
        queue[0] = start;
        int count = 1;
        for (int at = 0; at < count; at++) {
            int v = queue[at];
            if (v == network.sink() || run.stranded(v) > 0) {
                return v;
            }
            for (int e = residual.start[v]; e < residual.forwardEnd[v]; e++) {
                int w = residual.head[e];
                if (residual.capacity[residual.mate[e]] > 0 && w != start && parent[w] < 0) {
                    parent[w] = e;
                    queue[count++] = w;
                }
            }
        }
        throw new IllegalStateException("the flow is not conserved at vertex " + start);
    }
}
