package org.partiflow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.Stopwatch;
import org.partiflow.io.OutputException;
import org.partiflow.partitioning.metis.CsrGraph;
import org.partiflow.partitioning.metis.MetisGraphReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow partition}. */
@Command(
        name = "partition",
        description = "Partitions a graph in METIS format, to compare with other partitioners.",
        mixinStandardHelpOptions = true)
final class PartitionCommand implements Callable<Integer> {
    private static final double ROUNDED = 1e6;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--graph", required = true, paramLabel = "FILE", description = "Graph file (METIS).")
    private Path graphFile = Path.of("");

    @Option(names = "--k", required = true, paramLabel = "K", description = "Number of blocks.")
    private int blocks;

    @Option(
            names = "--imbalance",
            defaultValue = "0.03",
            paramLabel = "E",
            description = "No block exceeds (1 + E) * ceil(weight / K), rounded down. Default: ${DEFAULT-VALUE}.")
    private double imbalance;

    @Option(
            names = "--strategy",
            defaultValue = "multilevel",
            paramLabel = "NAME",
            description = "Partitioner ('partiflow list partitioners'). Default: ${DEFAULT-VALUE}.")
    private String strategy = "";

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Seed. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--relax",
            description = "Where no partition keeps the imbalance: answer at the smallest one that has a partition.")
    private boolean relax;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the partition: one block number by line, from 0.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        PrintWriter print = spec.commandLine().getOut();
        if (out != null) {
            OutputFiles.require(List.of(out), List.of(graphFile));
        }
        Partitioner partitioner = Strategies.named(Partitioner.class, strategy);
        CsrGraph graph = read();
        PartitionRequest request = new PartitionRequest(graph, blocks, imbalance, 0, seed, SolveControl.unlimited());
        Stopwatch watch = new Stopwatch();
        PartitionResult result = partitioner.partition(request);
        print.printf(
                Locale.ROOT,
                "graph: %d vertices, %d edges, %d domains; at most %d a block%ntime: %.3f s%n",
                graph.size(),
                graph.edges(),
                graph.domains(),
                request.maxBlockWeight(),
                watch.lapSeconds());
        if (result instanceof PartitionResult.Found found) {
            report(print, PartitionMetrics.of(graph, found.partition()));
            write(found.partition());
            return ExitCodes.DONE;
        }
        if (result instanceof PartitionResult.Infeasible no) {
            print.println("feasible: no, proven: " + no.reason());
            return no.nearest()
                    .map(nearest -> explain(print, partitioner, request, nearest))
                    .orElse(ExitCodes.FAILED);
        }
        print.println("feasible: unknown: " + ((PartitionResult.NotFound) result).reason());
        return ExitCodes.FAILED;
    }

    /** Says what a larger imbalance would allow, and answers with that if asked to. */
    private int explain(
            PrintWriter print, Partitioner partitioner, PartitionRequest request, PartitionResult.Nearest nearest) {
        PartitionMetrics metrics = PartitionMetrics.of(request.graph(), nearest.partition());
        print.printf(
                Locale.ROOT,
                "smallest feasible imbalance: %.6f (%s; heaviest block %d, cut %d with one such partition)%n",
                Math.ceil(nearest.imbalance() * ROUNDED) / ROUNDED,
                nearest.smallest() ? "proven" : "not proven to be the smallest",
                metrics.heaviestBlock(),
                metrics.cut());
        if (!relax) {
            print.println("no partition written; --relax answers at that imbalance");
            return ExitCodes.FAILED;
        }
        PartitionResult again = partitioner.partition(request.withImbalance(nearest.imbalance()));
        Partition partition = again instanceof PartitionResult.Found found ? found.partition() : nearest.partition();
        print.println("relaxed to that imbalance");
        report(print, PartitionMetrics.of(request.graph(), partition));
        write(partition);
        return ExitCodes.DONE;
    }

    private static void report(PrintWriter print, PartitionMetrics metrics) {
        print.printf(
                Locale.ROOT,
                "feasible: yes%ncut: %d%nimbalance: %.5f (heaviest block %d, lightest %d)%n",
                metrics.cut(),
                metrics.imbalance(),
                metrics.heaviestBlock(),
                metrics.lightestBlock());
    }

    private CsrGraph read() {
        try {
            return MetisGraphReader.read(graphFile);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read '" + graphFile + "': " + e, e);
        }
    }

    private void write(Partition partition) {
        if (out == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (int block : partition.toArray()) {
            text.append(block).append('\n');
        }
        try {
            Files.write(out, text.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new OutputException("cannot write '" + out + "': " + e.getMessage(), e);
        }
    }
}
