package org.partiflow.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands KV caches from prefill to decode groups. A transfer starts only when the decode group can reserve prompt and
 * output; until then it waits, first come, first served per decode group, and keeps its memory at the prefill group.
 */
final class KvTransfers {
    private final RequestTable table;
    private final EventQueue events;
    private final List<KvPath> paths;
    private final FairNetwork network;
    private final IntFifo[] waiting;
    private final KvMemory[] memories;
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
        while (!queue.isEmpty() && memories[decodeGroup].tryTake(table.total(queue.peek()))) {
            int request = queue.poll();
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
        table.transferBusy[request] = now - start;
        table.transferVisible[request] = ready - table.firstToken[request];
        if (trace != null) {
            trace.transfer(request, path(request), start, now, ready);
        }
        events.add(ready, EventKind.CACHE_READY, 0, request);
    }

    private void ask(int request, double now) {
        int to = path(request).to;
        waiting[to].add(request);
        admit(to, now);
    }
}
