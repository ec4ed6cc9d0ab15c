package org.partiflow.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.spi.Strategy;
import org.partiflow.api.workload.LengthMoments;
import org.partiflow.cli.text.TextTable;
import org.partiflow.costmodel.KvProtocols;
import org.partiflow.io.Catalogue;
import org.partiflow.studies.words.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code partiflow list}. */
@Command(
        name = "list",
        description = "Lists what is available here, and why something is not.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {
    /** What can be listed. */
    enum Kind {
        PARTITIONERS,
        FLOWS,
        PLANNERS,
        GPUS,
        MODELS,
        WORKLOADS,
        PROTOCOLS
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "partitioners, flows, planners, gpus, models, workloads or protocols. Default: all.")
    private @Nullable Kind kind;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (kind != null) {
            out.print(table(kind));
        } else {
            for (Kind each : Kind.values()) {
                out.print(each.name().toLowerCase(Locale.ROOT) + "\n"
                        + table(each).toString().indent(2) + "\n");
            }
        }
        out.flush();
    }

    private static TextTable table(Kind kind) {
        return switch (kind) {
            case PARTITIONERS -> strategies(Strategies.all(Partitioner.class));
            case FLOWS -> strategies(Strategies.all(MaxFlowSolver.class));
            case PLANNERS -> strategies(Strategies.all(Planner.class));
            case GPUS -> gpus();
            case MODELS -> models();
            case WORKLOADS -> workloads();
            case PROTOCOLS -> protocols();
        };
    }

    private static TextTable strategies(List<? extends Strategy> strategies) {
        TextTable table = new TextTable("<<<", "NAME", "AVAILABLE", "DESCRIPTION");
        for (Strategy strategy : strategies) {
            String reason = strategy.unavailable().orElse("");
            table.row(
                    strategy.name(),
                    reason.isEmpty() ? "yes" : "no",
                    reason.isEmpty() ? strategy.description() : reason);
        }
        return table;
    }

    private static TextTable gpus() {
        TextTable table = new TextTable("<>>>>>", "NAME", "MEMORY", "GB/s", "FP16 TFLOP/s", "FP8 TFLOP/s", "USD/h");
        for (GpuType gpu : Catalogue.gpuTypes()) {
            table.row(
                    gpu.name(),
                    Numbers.gigabytes((double) gpu.memory().bytes()),
                    Numbers.brief(gpu.memoryBandwidth().bytesPerSecond() / 1e9),
                    Numbers.brief(gpu.fp16().flopPerSecond() / 1e12),
                    gpu.fp8().flopPerSecond() > 0 ? Numbers.brief(gpu.fp8().flopPerSecond() / 1e12) : "-",
                    String.format(Locale.ROOT, "%.2f", gpu.pricePerHourUsd()));
        }
        return table;
    }

    private static TextTable models() {
        TextTable table = new TextTable("<>>>>", "NAME", "PARAMETERS", "LAYERS", "KV kB/token", "CONTEXT");
        for (String name : Catalogue.modelNames()) {
            TransformerModel model = Catalogue.findModel(name).orElseThrow().value();
            table.row(
                    name,
                    Numbers.round(model.parameters() / 1e9) + " B",
                    Numbers.count(model.layers()),
                    Numbers.round(model.kvBytesPerToken() / 1e3),
                    Numbers.count(model.maxPosition()));
        }
        return table;
    }

    private static TextTable workloads() {
        TextTable table = new TextTable("<>>>", "NAME", "MEAN PROMPT", "MEAN OUTPUT", "LONGEST PROMPT");
        for (String name : Catalogue.workloadNames()) {
            var workload = Catalogue.findWorkload(name).orElseThrow().value();
            LengthMoments moments = workload.moments();
            table.row(
                    name,
                    Numbers.round(moments.prompt()),
                    Numbers.round(moments.output()),
                    Numbers.count(workload.maxPrompt()));
        }
        return table;
    }

    private static TextTable protocols() {
        TextTable table = new TextTable("<<", "NAME", "DESCRIPTION");
        KvProtocols.names().forEach(table::row);
        return table;
    }
}
