package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.cli.run.CostModels;
import org.partiflow.cli.run.Interruption;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.PlanAndProblem;
import org.partiflow.cli.run.ProblemOptions;
import org.partiflow.cli.run.ProgressView;
import org.partiflow.cli.run.TraceFile;
import org.partiflow.cli.text.SimulationText;
import org.partiflow.cli.text.SweepText;
import org.partiflow.io.AtomicFiles;
import org.partiflow.io.ReportWriter;
import org.partiflow.io.RunsWriter;
import org.partiflow.simulator.GoodputSearch;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationRequest;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.simulator.Simulator;
import org.partiflow.studies.words.SimulationWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow simulate}. */
@Command(
        name = "simulate",
        description = "Replays a plan under its workload and reports throughput, latency and attainment.",
        footer = "With --engine vllm: replays a measured run of one engine; see 'simulate --engine vllm --help'.",
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "Plan file (plan/1).")
    private Path plan = Path.of("");

    @Mixin
    private ProblemOptions problemOptions = new ProblemOptions();

    @Mixin
    private CostModels costModels = new CostModels();

    @Mixin
    private LoadOptions loadOptions = new LoadOptions();

    @Mixin
    private BehaviourOptions behaviourOptions = new BehaviourOptions();

    @Option(names = "--goodput", description = "Also search the highest rate at which the targets are attained.")
    private boolean goodput;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the report (report/1) here.")
    private @Nullable Path out;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write what ran when as a Chrome trace here (open it in Perfetto).")
    private @Nullable Path trace;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "What to print: text, or json and nothing else. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        List<Path> outputs = Stream.of(out, trace).flatMap(Stream::ofNullable).toList();
        OutputFiles.require(
                outputs,
                Stream.of(problemOptions.inputs(), costModels.inputs(), behaviourOptions.inputs(), List.of(plan))
                        .flatMap(List::stream)
                        .toList());
        if (loadOptions.isSweep() && (goodput || trace != null)) {
            throw new IllegalArgumentException(
                    "--goodput and --trace are for a single run: leave --rates and --seeds out");
        }
        PrintWriter err = spec.commandLine().getErr();
        PlanAndProblem given = PlanAndProblem.load(plan, problemOptions, err);
        CostModel costModel = costModels.factory(given.plan()).create(given.problem());
        CostModels.difference(given.plan(), costModel).ifPresent(other -> err.println("partiflow: warning: " + other));
        PlanChecker.violations(given.problem(), costModel, given.plan())
                .forEach(violation -> err.println("partiflow: warning: the plan is not valid: " + violation));
        try (Interruption interruption = Interruption.listen(spec.commandLine().getErr())) {
            if (loadOptions.isSweep()) {
                return sweep(given, costModel, interruption);
            }
            SimulationResult result = simulate(given, costModel, interruption);
            int code = write(result, interruption);
            loadOptions
                    .offered(given.problem(), given.plan())
                    .flatMap(offered -> SimulationWords.overload(offered, result))
                    .ifPresent(overload -> err.println("partiflow: warning: " + overload));
            err.flush();
            return code;
        }
    }

    private SimulationResult simulate(PlanAndProblem given, CostModel costModel, Interruption interruption) {
        try (ProgressView progress = ProgressView.start("Simulating")) {
            SolveControl control =
                    new SolveControl(Long.MAX_VALUE, Optional.empty(), 1, interruption.token(), progress);
            SimulationRequest request = request(given, costModel, control);
            SimulationResult result = new Simulator().run(request);
            return goodput
                    ? new SimulationResult(
                            GoodputSearch.DEFAULT.search(request).enterInto(result.report()),
                            result.records(),
                            result.trace(),
                            result.termination())
                    : result;
        }
    }

    private SimulationRequest request(PlanAndProblem given, CostModel costModel, SolveControl control) {
        SimulationOptions options = loadOptions.options(trace != null, behaviourOptions.behaviour());
        return new SimulationRequest(given.problem(), costModel, given.plan(), options, control);
    }

    private int sweep(PlanAndProblem given, CostModel costModel, Interruption interruption) {
        List<RunsWriter.Run> runs;
        try (ProgressView progress = ProgressView.start("Simulating")) {
            SolveControl control = new SolveControl(
                    Long.MAX_VALUE, Optional.empty(), loadOptions.threads(), interruption.token(), progress);
            runs = loadOptions.sweep().run(request(given, costModel, control)).stream()
                    .map(run -> new RunsWriter.Run(run.requestsPerSecond(), run.seed(), run.report()))
                    .toList();
        }
        return write(new RunsWriter().toBytes(runs), SweepText.of(runs), interruption);
    }

    private int write(SimulationResult result, Interruption interruption) {
        if (trace != null && result.trace().isPresent()) {
            AtomicFiles.write(trace, TraceFile.toBytes(result.trace().get()));
        }
        SimulationReport report = result.report();
        return write(new ReportWriter().toBytes(report), SimulationText.of(report), interruption);
    }

    private int write(byte[] json, String text, Interruption interruption) {
        if (out != null) {
            AtomicFiles.write(out, json);
        }
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.print(format == OutputFormat.JSON ? new String(json, StandardCharsets.UTF_8) : text);
        stdout.flush();
        PrintWriter err = spec.commandLine().getErr();
        Stream.of(out, trace).flatMap(Stream::ofNullable).forEach(file -> err.println("Wrote " + file));
        if (interruption.happened()) {
            err.println("partiflow: interrupted; the report covers what was simulated until then");
        }
        err.flush();
        return interruption.happened() ? ExitCodes.INTERRUPTED : ExitCodes.DONE;
    }
}
