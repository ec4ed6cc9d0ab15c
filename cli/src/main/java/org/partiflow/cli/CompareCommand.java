package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.cli.run.CostModels;
import org.partiflow.cli.run.Interruption;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.PlanAndProblem;
import org.partiflow.cli.run.ProblemOptions;
import org.partiflow.cli.run.ProgressView;
import org.partiflow.cli.run.Quantity;
import org.partiflow.cli.text.ComparisonText;
import org.partiflow.io.AtomicFiles;
import org.partiflow.io.DocumentWriter;
import org.partiflow.simulator.SimulationResult;
import org.partiflow.studies.compare.ComparisonRequest;
import org.partiflow.studies.compare.ComparisonTree;
import org.partiflow.studies.compare.PlanComparer;
import org.partiflow.studies.compare.PlanComparison;
import org.partiflow.studies.report.ComparisonHtml;
import org.partiflow.studies.words.SimulationWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code partiflow compare}. */
@Command(
        name = "compare",
        description = "Says what differs between two plans, and simulates both under the same requests.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PLAN_A", description = "One plan file (plan/1).")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "PLAN_B", description = "The other plan file.")
    private Path second = Path.of("");

    @Mixin
    private ProblemOptions problemOptions = new ProblemOptions();

    @Option(
            names = "--cluster-b",
            paramLabel = "FILE",
            description = "Cluster of PLAN_B, if it is another one. Default: --cluster.")
    private @Nullable Path otherCluster;

    @Mixin
    private CostModels costModels = new CostModels();

    @Option(
            names = "--rate",
            paramLabel = "R",
            converter = Quantity.Rate.class,
            description = "Requests per second offered to both. Default: 0.8 of the smaller predicted throughput.")
    private @Nullable Double rate;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "10000",
            description = "So many requests arrive. Default: ${DEFAULT-VALUE}.")
    private int requests = 10_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of arrivals and lengths, the same for both. Default: ${DEFAULT-VALUE}.")
    private long seed = 42;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the comparison as an HTML page here.")
    private @Nullable Path html;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "What to print: text, or json (comparison/1) and nothing else. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        OutputFiles.require(
                Stream.ofNullable(html).toList(),
                Stream.of(
                                problemOptions.inputs(),
                                costModels.inputs(),
                                List.of(first, second),
                                Stream.ofNullable(otherCluster).toList())
                        .flatMap(List::stream)
                        .toList());
        PrintWriter err = spec.commandLine().getErr();
        boolean sameName = name(first).equals(name(second));
        ComparisonRequest.Side a =
                side(sameName ? first.toString() : name(first), PlanAndProblem.load(first, problemOptions, err));
        PlanAndProblem other = otherCluster == null
                ? PlanAndProblem.load(second, problemOptions, err)
                : PlanAndProblem.load(second, problemOptions, otherCluster, err);
        ComparisonRequest.Side b = side(sameName ? second.toString() : name(second), other);
        try (Interruption interruption = Interruption.listen(err)) {
            PlanComparison comparison = compare(a, b, interruption);
            if (interruption.happened()) {
                err.println("partiflow: interrupted; nothing was written");
                err.flush();
                return ExitCodes.INTERRUPTED;
            }
            write(comparison, err);
            return ExitCodes.DONE;
        }
    }

    private ComparisonRequest.Side side(String name, PlanAndProblem given) {
        PrintWriter err = spec.commandLine().getErr();
        CostModel costModel = costModels.factory(given.plan()).create(given.problem());
        CostModels.difference(given.plan(), costModel)
                .ifPresent(other -> err.println("partiflow: warning: " + name + ": " + other));
        PlanChecker.violations(given.problem(), costModel, given.plan())
                .forEach(violation -> err.println("partiflow: warning: " + name + " is not valid: " + violation));
        return new ComparisonRequest.Side(name, given.problem(), costModel, given.plan());
    }

    private PlanComparison compare(ComparisonRequest.Side a, ComparisonRequest.Side b, Interruption interruption) {
        try (ProgressView progress = ProgressView.start("Simulating")) {
            SolveControl control =
                    new SolveControl(Long.MAX_VALUE, Optional.empty(), 1, interruption.token(), progress);
            OptionalDouble offered = rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
            return new PlanComparer().compare(new ComparisonRequest(a, b, offered, requests, seed, control));
        }
    }

    private void write(PlanComparison comparison, PrintWriter err) {
        if (html != null) {
            AtomicFiles.write(html, ComparisonHtml.write(comparison).getBytes(StandardCharsets.UTF_8));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                format == OutputFormat.JSON
                        ? new String(
                                new DocumentWriter().toBytes(ComparisonTree.of(comparison)), StandardCharsets.UTF_8)
                        : ComparisonText.of(comparison));
        out.flush();
        warn(comparison, comparison.first().name(), comparison.firstRun(), err);
        warn(comparison, comparison.second().name(), comparison.secondRun(), err);
        if (html != null) {
            err.println("Wrote " + html);
        }
        err.flush();
    }

    private static void warn(PlanComparison comparison, String name, SimulationResult run, PrintWriter err) {
        SimulationWords.overload(comparison.offeredRequestsPerSecond(), run)
                .ifPresent(overload -> err.println("partiflow: warning: " + name + ": " + overload));
    }

    private static String name(Path file) {
        Path last = file.getFileName();
        return last == null ? file.toString() : last.toString();
    }
}
