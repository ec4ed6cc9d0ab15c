package org.partiflow.simulator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hands KV caches from prefill to decode groups. A transfer starts only when the decode group can reserve its memory;
 * until then it waits, first come, first served per decode group, and keeps its memory at the prefill group.
 */
final class KvTransfers {
    private static final int MOST_TRIES = 0xff_ffff;

    private final RequestTable table;
    private final EventQueue events;
    private final List<KvPath> paths;
    private final FairNetwork network;
    private final IntFifo[] waiting;
    private final KvMemory[] memories;
    private final Map<Integer, ChunkedCache> chunked = new HashMap<>();
    private final boolean[] closed;
    private final boolean[] paused;
    private final KvPolicy policy;
    private final double[] connectedAt;
    private final @Nullable TraceRecorder trace;

    KvTransfers(
            RequestTable table,
            EventQueue events,
            List<KvPath> paths,
            FairNetwork network,
            KvMemory[] memories,
            KvPolicy policy,
            @Nullable TraceRecorder trace) {
        this.table = table;
        this.events = events;
        this.paths = paths;
        this.network = network;
        this.memories = memories;
        this.trace = trace;
        this.policy = policy;
        connectedAt = new double[paths.size()];
        if (policy.connections() == KvPolicy.Connections.COLD) {
            Arrays.fill(connectedAt, Double.POSITIVE_INFINITY);
        }
        closed = new boolean[memories.length];
        paused = new boolean[memories.length];
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
        KvPath path = path(request);
        if (path.sendsChunks(table.prompt[request])) {
            chunked.put(request, new ChunkedCache());
        }
        if (path.pieces(table.prompt[request]) > 1) {
            ask(request, now);
        }
    }

    /** Announces when a chunk, not the last, of a prompt will be computed. */
    void announceChunk(int request, double end) {
        if (chunked.containsKey(request)) {
            events.add(end, EventKind.CHUNK_END, table.tries[request] & MOST_TRIES, request);
        }
    }

    /** A chunk of a prompt is computed. */
    void chunkEnded(int request, int tries, double now) {
        ChunkedCache cache = chunked.get(request);
        if (cache != null && (table.tries[request] & MOST_TRIES) == tries) {
            computed(request, path(request).afterChunk(cache.computed(), table.prompt[request]), now);
        }
    }

    private void computed(int request, int tokens, double now) {
        Objects.requireNonNull(chunked.get(request)).computed(tokens);
        if (table.cache[request] == RequestTable.AWAITING) {
            send(request, now);
        }
    }

    /** A prompt is done: the bulk schedule asks for the transfer now; the last chunk may go. */
    void prefillEnded(int request, double now) {
        if (path(request).pieces(table.prompt[request]) == 1) {
            ask(request, now);
        } else if (chunked.containsKey(request)) {
            computed(request, table.prompt[request], now);
        }
    }

    /** Starts transfers to a decode group while its memory lasts. */
    void admit(int decodeGroup, double now) {
        IntFifo queue = waiting[decodeGroup];
        while (!queue.isEmpty() && mayAdmit(decodeGroup, queue.peek())) {
            int request = queue.poll();
            double mayStart = connected(table.route[request], now)
                    + (policy.initiative() == KvPolicy.Initiative.PULL
                            ? path(request).roundTripSeconds()
                            : 0);
            if (mayStart > now) {
                table.cache[request] = RequestTable.CALLED;
                events.add(mayStart, EventKind.CALLED, table.tries[request] & MOST_TRIES, request);
            } else {
                send(request, now);
            }
        }
    }

    /** When a route's connection is up, now at the earliest; sets it up if need be. */
    private double connected(int route, double now) {
        if (connectedAt[route] == Double.POSITIVE_INFINITY) {
            connectedAt[route] = now + paths.get(route).setupSeconds();
        }
        return Math.max(now, connectedAt[route]);
    }

    private boolean mayAdmit(int decodeGroup, int request) {
        KvMemory memory = memories[decodeGroup];
        return !closed[decodeGroup] && !paused[decodeGroup] && memory.tryTake(reserved(memory, request));
    }

    private long reserved(KvMemory memory, int request) {
        return memory.atFirstToken(table.prompt[request], table.output[request]);
    }

    /** The prefill side has been asked for a cache, or the connection is up. */
    void called(int request, int tries, double now) {
        if ((table.tries[request] & MOST_TRIES) == tries && table.cache[request] == RequestTable.CALLED) {
            send(request, now);
        }
    }

    private void send(int request, double now) {
        ChunkedCache chunks = chunked.get(request);
        int tokens = chunks == null ? table.prompt[request] : chunks.next();
        if (tokens == 0) {
            table.cache[request] = RequestTable.AWAITING;
            return;
        }
        table.cache[request] = RequestTable.ON_WIRE;
        table.transferStart[request] = now;
        if (path(request).traffic.links().isEmpty()) {
            wireEnded(request, now); // nothing to move
        } else {
            network.start(table.route[request], request, tokens, now);
        }
    }

    /** Whether a decode group has sequences to recompute, which go before new ones. */
    void pause(int decodeGroup, boolean pauses) {
        paused[decodeGroup] = pauses;
    }

    /** The last byte of a transfer has left the wire. */
    void wireEnded(int request, double now) {
        double start = table.transferStart[request];
        double ready;
        ChunkedCache chunks = chunked.get(request);
        if (chunks == null) {
            ready = path(request).readyAt(table.prompt[request], start, now, table.firstToken[request]);
            table.transferBusy[request] = now - start;
        } else {
            chunks.moved(now - start);
            if (chunks.sent() < table.prompt[request]) {
                if (trace != null) {
                    trace.transfer(request, path(request), start, now, now);
                }
                send(request, now);
                return;
            }
            ready = path(request).chunkReadyAt(chunks.moving(), start, now);
            table.transferBusy[request] = chunks.busySeconds();
            chunked.remove(request);
        }
        table.cache[request] = RequestTable.LANDING;
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

    /** A group is down: no transfer to it begins, and it forgets its connections. */
    void close(int group) {
        closed[group] = true;
        for (int route = 0; route < connectedAt.length && policy.connections() == KvPolicy.Connections.COLD; route++) {
            if (paths.get(route).from == group || paths.get(route).to == group) {
                connectedAt[route] = Double.POSITIVE_INFINITY;
            }
        }
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
        ChunkedCache chunks = chunked.get(request);
        if (chunks != null) {
            chunks.startAgain();
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
            memories[to].release(reserved(memories[to], request));
            admit(to, now);
        }
    }

    /** Sends a cache that is on the wire once more from its start. */
    void resend(int request, double now) {
        network.cancel(table.route[request], request, now);
        ChunkedCache chunks = chunked.get(request);
        if (chunks != null) {
            chunks.startAgain();
        }
        send(request, now);
    }
}
