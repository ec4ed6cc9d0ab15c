package org.partiflow.solvers.flow;

import java.util.Arrays;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;

/**
 * One run of push-relabel.
 *
 * <p>Phases: {@link #saturateSource}; {@link #descend}, a greedy start that lets the excess fall along shortest paths no
 * further than the vertices below have room; {@link #drain} towards the sink, after which the preflow is maximal;
 * {@link #drain} towards the source, which returns what is stuck and turns the preflow into a flow; {@link #cut}.
 *
 * <p>Both drains are the same code: the label of a vertex is a lower bound of its distance to the target, labels of
 * {@code vertices} mean that the target is out of reach, and the other terminal is barred.
 */
final class PushRelabel {
    /** A relabel counts as this much work besides the entries scanned. */
    private static final int RELABEL_WORK = 12;
    /** Global relabelling happens after this many times the vertices, plus the entries, of relabelling work. */
    private static final int VERTEX_WORK = 6;

    private final int vertices;
    private final int source;
    private final int sink;
    private final int[] start;
    private final int[] head;
    private final int[] mate;
    private final long[] capacity;
    private final Residual residual;
    private final long[] excess;
    private final int[] label;
    private final int[] current;
    private final int[] queue;
    private final int[] population;
    private final int[] firstActive;
    private final int[] nextActive;
    private int reached;
    private int highest;
    private long work;
    /** Whether the labels are the distances right now. */
    private boolean exact;

    /** A run on a residual network of {@code network}, whatever flows in it already. */
    PushRelabel(FlowNetwork network, Residual residual) {
        vertices = network.vertices();
        source = network.source();
        sink = network.sink();
        this.residual = residual;
        start = residual.start;
        head = residual.head;
        mate = residual.mate;
        capacity = residual.capacity;
        excess = new long[vertices];
        label = new int[vertices];
        current = new int[vertices];
        queue = new int[vertices];
        population = new int[vertices + 1];
        firstActive = new int[vertices + 1];
        nextActive = new int[vertices];
    }

    /** A maximum flow of {@code network} from nothing. */
    static MaxFlow solve(FlowNetwork network) {
        Residual residual = new Residual(network, false);
        PushRelabel run = new PushRelabel(network, residual);
        boolean[] sourceSide = run.maximise();
        return run.result(sourceSide);
    }

    /** Makes the flow of the residual network maximal; returns the source's side of the cut. */
    boolean[] maximise() {
        saturateSource();
        distances(sink, source);
        descend();
        drain(sink, source);
        excess[sink] = 0;
        boolean[] sourceSide = cut();
        if (anyExcess()) {
            drain(source, sink);
        }
        return sourceSide;
    }

    /** The flow of the residual network. */
    MaxFlow result(boolean[] sourceSide) {
        return new MaxFlow(value(), residual.arcFlow(), sourceSide);
    }

    /** What leaves the source. */
    private long value() {
        long value = 0;
        for (int e = start[source]; e < start[source + 1]; e++) {
            value += capacity[mate[e]];
        }
        return value;
    }

    /** Lets vertex {@code v} keep {@code amount} more, to be drained by the next {@link #maximise()}. */
    void strand(int v, long amount) {
        if (v != source) {
            excess[v] += amount;
        }
    }

    /** What vertex {@code v} keeps. */
    long stranded(int v) {
        return v == source ? 0 : excess[v];
    }

    /** No vertex keeps anything any more. */
    void forgetStranded() {
        Arrays.fill(excess, 0);
    }

    private void saturateSource() {
        for (int e = start[source]; e < start[source + 1]; e++) {
            long amount = capacity[e];
            capacity[e] = 0;
            capacity[mate[e]] += amount;
            excess[head[e]] += amount;
            if (excess[head[e]] < 0) {
                throw new IllegalArgumentException("the capacities out of the source exceed " + Long.MAX_VALUE
                        + " in sum; use a coarser capacity scale");
            }
        }
        excess[source] = 0;
    }

    /** Exact distances to the target by breadth-first search against the residual arcs; fills queue up to reached. */
    private void distances(int target, int barred) {
        exact = true;
        Arrays.fill(label, vertices);
        label[target] = 0;
        queue[0] = target;
        reached = 1;
        for (int at = 0; at < reached && reached < vertices - 1; at++) {
            int v = queue[at];
            int next = label[v] + 1;
            for (int e = start[v]; e < start[v + 1]; e++) {
                int w = head[e];
                if (label[w] == vertices && capacity[mate[e]] > 0 && w != barred) {
                    label[w] = next;
                    queue[reached++] = w;
                }
            }
        }
    }

    /** Greedy start: from far to near, excess falls one label at a time into the room below. */
    private void descend() {
        long[] room = new long[vertices];
        room[sink] = Long.MAX_VALUE;
        int far = label[queue[reached - 1]];
        for (int at = 1; at < reached && label[queue[at]] < far; at++) {
            int v = queue[at];
            long sum = 0;
            for (int e = start[v]; e < residual.forwardEnd[v]; e++) {
                if (label[head[e]] == label[v] - 1) {
                    sum += Math.min(capacity[e], room[head[e]]);
                }
            }
            room[v] = sum;
        }
        for (int at = reached - 1; at > 0; at--) {
            int v = queue[at];
            long left = excess[v];
            int below = label[v] - 1;
            for (int e = start[v]; e < residual.forwardEnd[v] && left > 0; e++) {
                int w = head[e];
                if (label[w] == below && capacity[e] > 0 && room[w] > 0) {
                    long amount = Math.min(left, Math.min(capacity[e], room[w]));
                    room[w] -= amount;
                    left -= amount;
                    capacity[e] -= amount;
                    capacity[mate[e]] += amount;
                    excess[w] += amount;
                }
            }
            excess[v] = left;
        }
    }

    /** Moves all excess that can reach the target there. */
    private void drain(int target, int barred) {
        globalRelabel(target, barred);
        long limit = (long) VERTEX_WORK * vertices + head.length;
        while (highest > 0) {
            int v = firstActive[highest];
            if (v < 0) {
                highest--;
                continue;
            }
            firstActive[highest] = nextActive[v];
            if (label[v] == highest) {
                exact = false;
                discharge(v, target);
                if (work > limit) {
                    globalRelabel(target, barred);
                }
            }
        }
    }

    private void globalRelabel(int target, int barred) {
        distances(target, barred);
        Arrays.fill(population, 0);
        Arrays.fill(firstActive, -1);
        System.arraycopy(start, 0, current, 0, vertices);
        highest = 0;
        work = 0;
        for (int at = 1; at < reached; at++) {
            int v = queue[at];
            population[label[v]]++;
            if (excess[v] > 0) {
                activate(v);
            }
        }
    }

    private void activate(int v) {
        int at = label[v];
        nextActive[v] = firstActive[at];
        firstActive[at] = v;
        highest = Math.max(highest, at);
    }

    private void discharge(int v, int target) {
        long left = excess[v];
        int end = start[v + 1];
        while (true) {
            int below = label[v] - 1;
            for (int e = current[v]; e < end; e++) {
                int w = head[e];
                if (label[w] == below && capacity[e] > 0) {
                    long amount = Math.min(left, capacity[e]);
                    if (excess[w] == 0 && w != target) {
                        activate(w);
                    }
                    capacity[e] -= amount;
                    capacity[mate[e]] += amount;
                    excess[w] += amount;
                    left -= amount;
                    if (left == 0) {
                        current[v] = e;
                        excess[v] = 0;
                        return;
                    }
                }
            }
            relabel(v);
            if (label[v] >= vertices) {
                excess[v] = left;
                return;
            }
        }
    }

    private void relabel(int v) {
        int old = label[v];
        work += RELABEL_WORK + (start[v + 1] - start[v]);
        if (--population[old] == 0) {
            liftAbove(old);
            label[v] = vertices;
            return;
        }
        int lowest = vertices;
        for (int e = start[v]; e < start[v + 1]; e++) {
            if (capacity[e] > 0 && label[head[e]] < lowest) {
                lowest = label[head[e]];
                current[v] = e;
            }
        }
        label[v] = Math.min(vertices, lowest + 1);
        if (label[v] < vertices) {
            population[label[v]]++;
        }
    }

    /** Gap: no vertex has this label any more, so none above it can reach the target. */
    private void liftAbove(int gap) {
        for (int v = 0; v < vertices; v++) {
            if (label[v] > gap && label[v] < vertices) {
                population[label[v]]--;
                label[v] = vertices;
            }
        }
    }

    private boolean anyExcess() {
        for (int v = 0; v < vertices; v++) {
            if (excess[v] > 0 && v != source) {
                return true;
            }
        }
        return false;
    }

    /** The source's side: all that cannot reach the sink. */
    private boolean[] cut() {
        if (!exact) {
            distances(sink, source);
        }
        boolean[] sourceSide = new boolean[vertices];
        for (int v = 0; v < vertices; v++) {
            sourceSide[v] = label[v] == vertices;
        }
        return sourceSide;
    }
}
