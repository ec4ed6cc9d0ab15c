package org.partiflow.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.control.Budget;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;

/** One run: wires the parts and takes events in order of time, arrivals before others of the same time. */
final class Engine {
    private static final int EVENTS_PER_CHECK = 256;
    private static final int EVENTS_PER_REPORT = 1 << 16;

    private final SimulationRequest request;
    private final RequestTable table;
    private final EventQueue events = new EventQueue();
    private final Wiring wiring;
    private final Window window;
    private final FairNetwork network;
    private final KvTransfers transfers;
    private final GroupServer[] servers;
    private final Router router;
    private final BatchLimits limits;
    private final Recovery recovery;
    private final @Nullable TraceRecorder trace;
    private int arrived;
    private double now;

    Engine(SimulationRequest request, RequestTable table) {
        this.request = request;
        this.table = table;
        SimulationOptions options = request.options();
        trace = options.traceSlices() > 0 ? new TraceRecorder(options.traceSlices()) : null;
        window = Window.of(table, Measurements.firstCounted(table, options));
        wiring = Wiring.of(request);
        network = new FairNetwork(events, wiring.shared(), request.problem().serving(), wiring.paths(), window);
        transfers = new KvTransfers(
                table,
                events,
                wiring.paths(),
                network,
                wiring.memories(),
                options.behaviour().kv(),
                trace);
        router = new Router(table, wiring, options.behaviour());
        Disturbances.announce(
                options.behaviour().disturbances(), request.problem().cluster(), wiring.shared(), events);
        limits = new BatchLimits(request.problem(), request.costModel());
        servers = new GroupServer[request.plan().groups().size()];
        PrefillServer.Shared shared = new PrefillServer.Shared(
                table, events, transfers, options.behaviour().order());
        for (int i = 0; i < servers.length; i++) {
            servers[i] = server(i, shared);
            if (trace != null) {
                trace.register(servers[i]);
            }
        }
        recovery = new Recovery(options.behaviour().onFailure(), table, servers, router, transfers, network);
        recovery.announce(events);
    }

    /** Runs to the end, the limit or the cancellation. */
    SimulationResult run() {
        Budget budget = request.control().start();
        double horizon = request.options().drain() ? Double.POSITIVE_INFINITY : window.end();
        long handled = 0;
        boolean going = budget.mayGoOn();
        while (going && hasNext(horizon)) {
            step();
            handled++;
            if (handled % EVENTS_PER_CHECK == 0) {
                going = budget.spend(EVENTS_PER_CHECK);
            }
            if (handled % EVENTS_PER_REPORT == 0) {
                request.control().listener().on(new ProgressEvent.Advanced(arrived, table.size));
            }
        }
        if (going) {
            budget.spend(handled % EVENTS_PER_CHECK);
        }
        boolean cut = !going && hasNext(horizon);
        var termination = new ServingPlan.Termination(
                cut ? budget.reason() : "CONVERGED", cut ? budget.limit() : null, budget.evaluations());
        network.settle(now);
        return new SimulationResult(
                new Measurements(request, table, arrived, window, now).report(servers, network, recovery.retries()),
                new RequestRecords(table, arrived),
                traced(),
                termination);
    }

    /** Tokens in the KV memory of each group. */
    long[] usedKvTokens() {
        return Arrays.stream(wiring.memories()).mapToLong(KvMemory::used).toArray();
    }

    private Optional<ExecutionTrace> traced() {
        List<ServingGroup> groups = request.plan().groups();
        return Optional.ofNullable(trace)
                .map(recorder -> recorder.finish(
                        groups.stream().map(ServingGroup::id).toList(),
                        groups.stream().map(g -> g.stages().size()).toList(),
                        table));
    }

    private boolean hasNext(double horizon) {
        if (arrived < table.size) {
            return true;
        }
        double next = events.nextTime();
        return table.inSystem > 0 && next <= horizon && next < Double.POSITIVE_INFINITY;
    }

    private void step() {
        if (arrived < table.size && table.arrival[arrived] <= events.nextTime()) {
            now = table.arrival[arrived];
            arrive(arrived++);
        } else {
            now = events.nextTime();
            handle(events.poll());
        }
    }

    private void arrive(int index) {
        int group = router.choose(index, now, servers);
        if (group < 0) {
            table.state[index] = RequestTable.REJECTED;
        } else {
            table.inSystem++;
            servers[group].accept(index, now);
        }
    }

    private void handle(long event) {
        int group = EventQueue.group(event);
        int number = EventQueue.number(event);
        switch (EventQueue.kind(event)) {
            case PASS_START -> ((PrefillServer) servers[group]).startPass(now);
            case PASS_END -> ((PrefillServer) servers[group]).endPass(now);
            case ITERATION_START -> ((BatchingServer) servers[group]).startIteration(number, now);
            case ITERATION_END -> ((BatchingServer) servers[group]).endIteration(number, now);
            case WIRE_END -> wireEnd(number);
            case CALLED -> transfers.called(number, group, now);
            case CHUNK_END -> transfers.chunkEnded(number, group, now);
            case LINK_CHANGE -> changeLink(number);
            case CACHE_READY -> handOver(number, group);
            case GROUP_DOWN -> recovery.groupDown(group, arrived, now);
            case GROUP_UP -> recovery.groupUp(group, now);
        }
    }

    private void wireEnd(int epoch) {
        int sent = network.end(epoch, now);
        if (sent >= 0) {
            transfers.wireEnded(sent, now);
        }
    }

    private void changeLink(int link) {
        String id = wiring.shared().id(link);
        double speed = Disturbances.speed(request.options().behaviour().disturbances(), id, now);
        network.scale(link, speed, now);
        if (speed == 0) {
            recovery.linkDown(link, now);
        }
    }

    private void handOver(int index, int tries) {
        if (!transfers.isCurrent(index, tries)) {
            return;
        }
        KvPath path = transfers.path(index);
        table.leftEntry(index);
        ((PrefillServer) servers[path.from]).release(index, now);
        servers[path.to].accept(index, now);
    }

    private GroupServer server(int index, PrefillServer.Shared shared) {
        ServingGroup group = request.plan().groups().get(index);
        Pipeline pipeline = new Pipeline(
                index,
                group,
                request.costModel(),
                request.problem().cluster(),
                window,
                request.options().behaviour(),
                trace);
        KvMemory memory = wiring.memories()[index];
        ServingOptions serving = request.problem().serving();
        return switch (group.phase()) {
            case PREFILL ->
                new PrefillServer(index, group.batch(), serving.maxBatchedTokens(), pipeline, memory, shared);
            case DECODE ->
                new DecodeServer(index, limits.sequences(group), serving.maxBatchedTokens(), pipeline, memory, shared);
            case COLOCATED ->
                new ColocatedServer(
                        index,
                        serving.maxSequences(),
                        limits.sequences(group),
                        serving.maxBatchedTokens(),
                        limits.iteration(group),
                        pipeline,
                        memory,
                        shared);
        };
    }
}
