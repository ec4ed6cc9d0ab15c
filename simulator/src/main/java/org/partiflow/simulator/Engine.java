package org.partiflow.simulator;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.control.Budget;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.plan.Phase;
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
        transfers = new KvTransfers(table, events, wiring.paths(), network, wiring.memories(), trace);
        router = new Router(table, wiring);
        servers = new GroupServer[request.plan().groups().size()];
        PrefillServer.Shared shared = new PrefillServer.Shared(table, events, transfers);
        for (int i = 0; i < servers.length; i++) {
            servers[i] = server(i, shared);
            if (trace != null) {
                trace.register(servers[i]);
            }
        }
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
        return new SimulationResult(
                new Measurements(request, table, arrived, window, now).report(servers, network),
                new RequestRecords(table, arrived),
                traced(),
                termination);
    }

    private Optional<ExecutionTrace> traced() {
        List<ServingGroup> groups = request.plan().groups();
        return Optional.ofNullable(trace)
                .map(recorder -> recorder.finish(
                        groups.stream().map(ServingGroup::id).toList(),
                        groups.stream().map(g -> g.stages().size()).toList()));
    }

    private boolean hasNext(double horizon) {
        return arrived < table.size || (!events.isEmpty() && events.nextTime() <= horizon);
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
        int group = router.choose(index);
        if (group < 0) {
            table.state[index] = RequestTable.REJECTED;
        } else {
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
            case CACHE_READY -> handOver(number);
        }
    }

    private void wireEnd(int epoch) {
        int sent = network.end(epoch, now);
        if (sent >= 0) {
            transfers.wireEnded(sent, now);
        }
    }

    private void handOver(int index) {
        KvPath path = transfers.path(index);
        ((PrefillServer) servers[path.from]).release(index, now);
        servers[path.to].accept(index, now);
    }

    private GroupServer server(int index, PrefillServer.Shared shared) {
        ServingGroup group = request.plan().groups().get(index);
        Pipeline pipeline = new Pipeline(
                index, group, request.costModel(), request.problem().cluster(), window, trace);
        KvMemory memory = wiring.memories()[index];
        ServingOptions serving = request.problem().serving();
        return group.phase() == Phase.PREFILL
                ? new PrefillServer(index, group.batch(), serving.maxBatchedTokens(), pipeline, memory, shared)
                : new BatchingServer(
                        index,
                        (int) Math.min(group.batch(), (long) serving.maxSequences() * pipeline.depth()),
                        new GroupEvaluator(request.problem(), request.costModel())
                                .tokenBudget(group.phase(), pipeline.depth(), group.batch()),
                        group.phase() == Phase.COLOCATED,
                        pipeline,
                        memory,
                        shared);
    }
}
