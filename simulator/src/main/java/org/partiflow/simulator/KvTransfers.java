package org.partiflow.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands KV caches from prefill to decode groups. A transfer starts only when the decode group can reserve prompt and
 * output; until then it waits, first come, first served per decode group, and keeps its memory at the prefill group.
 */
final class KvTransfers {
    private static final int MOST_TRIES = 0xff_ffff;

    private final RequestTable table;
    private final EventQueue events;
    private final List<KvPath> paths;
    private final FairNetwork network;
    private final IntFifo[] waiting;
    private final KvMemory[] memories;
    private final boolean[] closed;
    private final @Nullable TraceRecorder trace;

    KvTransfers(
            RequestTable table,
            EventQueue events,
            List<KvPath> paths,
            FairNetwork network,
            KvMemory[] memories,
            @Nullable TraceRecorder trace) {
        this.table = table;
        this.events = events;
        this.paths = paths;
        this.network = network;
        this.memories = memories;
        this.trace = trace;
        closed = new boolean[memories.length];
        waiting = new IntFifo[memories.length];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = new IntFifo();
        }
    }

    KvPath path(int request) {
        return paths.get(table.route[request]);
    }

    /** A prompt entered its first stage: overlapped schedules ask for the transfer now. */
    void prefillStarted(int request, double now) {
        if (path(request).pieces(table.prompt[request]) > 1) {
            ask(request, now);
        }
    }

    /** A prompt is done: the bulk schedule asks for the transfer now. */
    void prefillEnded(int request, double now) {
        if (path(request).pieces(table.prompt[request]) == 1) {
            ask(request, now);
        }
    }

    /** Starts transfers to a decode group while its memory lasts. */
    void admit(int decodeGroup, double now) {
        IntFifo queue = waiting[decodeGroup];
        while (!queue.isEmpty() && !closed[decodeGroup] && memories[decodeGroup].tryTake(table.total(queue.peek()))) {
            int request = queue.poll();
            table.cache[request] = RequestTable.ON_WIRE;
            table.transferStart[request] = now;
            if (path(request).traffic.links().isEmpty()) {
                wireEnded(request, now); // nothing to move
            } else {
                network.start(table.route[request], request, table.prompt[request], now);
            }
        }
    }

    /** The last byte of a transfer has left the wire. */
    void wireEnded(int request, double now) {
        double start = table.transferStart[request];
        double ready = path(request).readyAt(table.prompt[request], start, now, table.firstToken[request]);
        table.cache[request] = RequestTable.LANDING;
        table.transferBusy[request] = now - start;
        table.transferVisible[request] = ready - table.firstToken[request];
        if (trace != null) {
            trace.transfer(request, path(request), start, now, ready);
        }
        if (ready < Double.POSITIVE_INFINITY) {
            events.add(ready, EventKind.CACHE_READY, table.tries[request] & MOST_TRIES, request);
        }
    }

    /** Whether an event is about the request's present try. */
    boolean isCurrent(int request, int tries) {
        return (table.tries[request] & MOST_TRIES) == tries && table.cache[request] == RequestTable.LANDING;
    }

    /** Asks for a transfer along the request's route. */
    void ask(int request, double now) {
        int to = path(request).to;
        table.cache[request] = RequestTable.ASKED;
        waiting[to].add(request);
        admit(to, now);
    }

    /** A decode group is down: no transfer to it begins. */
    void close(int decodeGroup) {
        closed[decodeGroup] = true;
    }

    /** A decode group is up again. */
    void open(int decodeGroup, double now) {
        closed[decodeGroup] = false;
        admit(decodeGroup, now);
    }

    /** Takes a request's cache off its way; the decode group's memory becomes free unless that group has lost it. */
    void withdraw(int request, boolean receiverLost, double now) {
        byte cache = table.cache[request];
        table.cache[request] = RequestTable.STAYS;
        if (cache == RequestTable.STAYS) {
            return;
        }
        int to = path(request).to;
        if (cache == RequestTable.ASKED) {
            waiting[to].remove(request);
            return;
        }
        if (cache == RequestTable.ON_WIRE) {
            network.cancel(table.route[request], request, now);
        }
        if (!receiverLost) {
            memories[to].release(table.total(request));
            admit(to, now);
        }
    }

    /** Sends a cache that is on the wire once more from its start. */
    void resend(int request, double now) {
        network.cancel(table.route[request], request, now);
        table.transferStart[request] = now;
        network.start(table.route[request], request, table.prompt[request], now);
    }
}
