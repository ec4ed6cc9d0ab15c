package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.Dimension;
import org.partiflow.api.unit.Quantities;
import org.partiflow.cli.run.CostModels;
import org.partiflow.cli.run.EngineRun;
import org.partiflow.cli.run.MeasuredRun;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.StageProblem;
import org.partiflow.cli.text.SimulationText;
import org.partiflow.io.AtomicFiles;
import org.partiflow.io.Catalogue;
import org.partiflow.io.ModelReader;
import org.partiflow.io.RecordedRequests;
import org.partiflow.io.ReportWriter;
import org.partiflow.simulator.EngineReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow simulate --engine}: replays recorded requests on one engine. */
@Command(
        name = EngineCommand.NAME,
        hidden = true,
        description = "Replays recorded requests on one engine, as it schedules them (simulate --engine vllm).",
        mixinStandardHelpOptions = true)
final class EngineCommand implements Callable<Integer> {
    static final String NAME = "simulate --engine vllm";

    private static final Duration LINK_LATENCY = Duration.ofNanos(5000);

    /** Engines whose scheduling is known. */
    enum Engine {
        /** vLLM, version 1 scheduler. */
        VLLM
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--engine", required = true, paramLabel = "NAME", description = "Whose scheduling: vllm.")
    private Engine engine = Engine.VLLM;

    @Option(names = "--gpu", required = true, paramLabel = "NAME", description = "GPU type ('partiflow list gpus').")
    private String gpu = "";

    @Option(names = "--tp", paramLabel = "N", description = "GPUs that share the model. Default: ${DEFAULT-VALUE}.")
    private int degree = 1;

    @Option(
            names = "--link",
            paramLabel = "RATE",
            description = "Bandwidth between them, one way per GPU. Default: ${DEFAULT-VALUE}.")
    private String link = "300 GB/s";

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE|NAME",
            description = "config.json or built-in model.")
    private String model = "";

    @Mixin
    private CostModels costModels = new CostModels();

    @Option(
            names = "--trace-in",
            required = true,
            paramLabel = "FILE",
            description = "Recorded requests: columns arrival_s,input_toks,output_toks, or another known format.")
    private Path traceIn = Path.of("");

    @Option(names = "--max-num-seqs", paramLabel = "N", description = "Most running sequences. Default: 256.")
    private int maxSequences = 256;

    @Option(names = "--max-num-batched-tokens", paramLabel = "N", description = "Most tokens of a step. Default: 2048.")
    private int maxBatchedTokens = 2048;

    @Option(names = "--kv-tokens", paramLabel = "N", description = "Tokens of KV cache. Default: what memory leaves.")
    private @Nullable Long kvTokens;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the report (report/1) here.")
    private @Nullable Path out;

    @Option(
            names = "--requests-out",
            paramLabel = "FILE",
            description = "Write arrival_s,ttft_s,tpot_ms,e2e_s of each request here, in the order of the trace.")
    private @Nullable Path requestsOut;

    @Option(names = "--format", paramLabel = "FORMAT", description = "What to print: text, or json and nothing else.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        OutputFiles.require(
                outputs(),
                Stream.concat(Stream.of(traceIn, Path.of(model)), costModels.inputs().stream())
                        .toList());
        TransformerModel loaded = new ModelReader().readNameOrFileOrThrow(model).value();
        GpuType type = Catalogue.findGpuType(gpu)
                .orElseThrow(() ->
                        new IllegalArgumentException("no GPU type is named '" + gpu + "'; see 'partiflow list gpus'"));
        if (!Sharding.isLegal(loaded, degree)) {
            throw new IllegalArgumentException(loaded.name() + " cannot be shared by " + degree + " GPUs");
        }
        RecordedRequests requests = RecordedRequests.readOrThrow(traceIn);
        PlanningProblem problem = StageProblem.of(type, link(), degree, loaded);
        EngineRun run =
                new EngineRun(problem, costModels.factory().create(problem), maxSequences, maxBatchedTokens, kvTokens);
        EngineReplay.Result result = run.replay(requests);
        Optional<String> comparison = MeasuredRun.find(traceIn, result.records().size())
                .map(measured -> "\n" + measured.compare(result.records()));
        write(requests, run, result, comparison.orElse(""));
        return ExitCodes.DONE;
    }

    private void write(RecordedRequests requests, EngineRun run, EngineReplay.Result result, String comparison) {
        byte[] json = new ReportWriter().toBytes(result.report());
        if (out != null) {
            AtomicFiles.write(out, json);
        }
        if (requestsOut != null) {
            AtomicFiles.write(requestsOut, EngineRun.table(requests, result.records()));
        }
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.print(
                format == OutputFormat.JSON
                        ? new String(json, StandardCharsets.UTF_8)
                        : SimulationText.of(result.report()) + comparison);
        stdout.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.print(format == OutputFormat.JSON ? comparison : "");
        err.println(run.kvTokens() + " tokens of KV cache, " + result.steps() + " steps");
        outputs().forEach(file -> err.println("Wrote " + file));
        err.flush();
    }

    private List<Path> outputs() {
        return Stream.of(out, requestsOut).flatMap(Stream::ofNullable).toList();
    }

    private Link link() {
        double bandwidth = Quantities.parse(Dimension.BANDWIDTH, link)
                .getOrElseThrow(message -> new IllegalArgumentException("--link: " + message));
        return new Link(LinkKind.NVLINK, new Bandwidth(bandwidth), LINK_LATENCY);
    }
}
