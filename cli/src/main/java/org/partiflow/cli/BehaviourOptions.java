package org.partiflow.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partiflow.cli.run.Choices;
import org.partiflow.cli.run.FaultText;
import org.partiflow.io.Faults;
import org.partiflow.io.FaultsReader;
import org.partiflow.simulator.Behaviour;
import org.partiflow.simulator.Disturbance;
import org.partiflow.simulator.FaultPolicy;
import org.partiflow.simulator.KvPolicy;
import org.partiflow.simulator.QueueOrder;
import org.partiflow.simulator.Routing;
import picocli.CommandLine.Option;

/** Options that say how the serving system behaves beside what the plan says. */
final class BehaviourOptions {
    @Option(
            names = "--routing",
            paramLabel = "NAME",
            converter = Choices.RoutingName.class,
            description = "shares (as planned), least-loaded or kv-aware. Default: shares.")
    private Routing routing = Routing.PLANNED;

    @Option(
            names = "--queue",
            paramLabel = "NAME",
            converter = Choices.QueueName.class,
            description = "Order of prefill queues: fcfs (first come, first served) or shortest (prompt first)."
                    + " Default: fcfs.")
    private QueueOrder order = QueueOrder.FIRST_COME;

    @Option(
            names = "--on-full",
            paramLabel = "NAME",
            converter = Choices.OnFullName.class,
            description =
                    "When decode memory is short: wait (a sequence begins when memory for all of its output is free)"
                            + " or recompute (it begins with its prompt's; the latest gives up its cache when memory runs out)."
                            + " Default: wait.")
    private KvPolicy.OnFull onFull = KvPolicy.OnFull.WAIT;

    @Option(
            names = "--block-size",
            paramLabel = "TOKENS",
            defaultValue = "1",
            description = "Tokens per block of KV memory: sequences hold whole blocks. Default: ${DEFAULT-VALUE}.")
    private int blockSize = 1;

    @Option(
            names = "--transfers",
            paramLabel = "NAME",
            converter = Choices.InitiativeName.class,
            description =
                    "push (the prefill side sends when the decode side has room) or pull (the decode side asks, one"
                            + " round trip more). Default: push.")
    private KvPolicy.Initiative initiative = KvPolicy.Initiative.PUSH;

    @Option(
            names = "--connections",
            paramLabel = "NAME",
            converter = Choices.ConnectionsName.class,
            description =
                    "warm (all are set up before the first request) or cold (the first KV transfer between two groups"
                            + " sets theirs up). Default: warm.")
    private KvPolicy.Connections connections = KvPolicy.Connections.WARM;

    @Option(names = "--faults", paramLabel = "FILE", description = "What fails or slows down, and when (faults/1).")
    private @Nullable Path faultsFile;

    @Option(
            names = "--fault",
            paramLabel = "TEXT",
            converter = FaultText.class,
            description = "One fault of a GPU, a node or a shared link, in words: 'h0/1 fails at 100s for 50s',"
                    + " 'h0/nic-out slows to 0.3 at 10s for 20s'. May be repeated.")
    private List<Disturbance> faults = new ArrayList<>();

    @Option(
            names = "--on-failure",
            paramLabel = "NAME",
            converter = Choices.PolicyName.class,
            description =
                    "What becomes of requests in what fails: retry (from their prompts), lose, or wait (nothing is"
                            + " lost, work goes on afterwards). Default: retry.")
    private FaultPolicy onFailure = FaultPolicy.RETRY;

    /** Files that are read. */
    List<Path> inputs() {
        return Stream.ofNullable(faultsFile).toList();
    }

    /** The options as the simulator takes them. */
    Behaviour behaviour() {
        List<Disturbance> all = new ArrayList<>();
        if (faultsFile != null) {
            for (Faults.Fault fault :
                    new FaultsReader().readOrThrow(faultsFile).value().faults()) {
                all.add(new Disturbance(fault.target(), fault.fromSeconds(), fault.untilSeconds(), fault.speed()));
            }
        }
        all.addAll(faults);
        return new Behaviour(routing, order, all, onFailure, new KvPolicy(blockSize, onFull, initiative, connections));
    }
}
