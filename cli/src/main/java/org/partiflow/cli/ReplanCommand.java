package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.cli.run.CostModels;
import org.partiflow.cli.run.Interruption;
import org.partiflow.cli.run.LevelTimes;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.PlanAndProblem;
import org.partiflow.cli.run.ProblemOptions;
import org.partiflow.cli.run.ProgressView;
import org.partiflow.cli.run.Quantity;
import org.partiflow.cli.text.ReplanText;
import org.partiflow.cli.text.ReplanTree;
import org.partiflow.io.AtomicFiles;
import org.partiflow.io.DocumentWriter;
import org.partiflow.io.PlanWriter;
import org.partiflow.solvers.replan.Level;
import org.partiflow.solvers.replan.ReplanRequest;
import org.partiflow.solvers.replan.ReplanResult;
import org.partiflow.solvers.replan.Replanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow replan}. */
@Command(
        name = "replan",
        description = "Finds a plan close to the one that runs, after GPUs or links were lost or added, or the workload"
                + " has changed.",
        footer = "Least disruption first: routing only, phase flips, moves of GPUs, planning anew.",
        mixinStandardHelpOptions = true)
final class ReplanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "The plan that runs (plan/1).")
    private Path plan = Path.of("");

    @Mixin
    private ProblemOptions problemOptions = new ProblemOptions();

    @Mixin
    private CostModels costModels = new CostModels();

    @Option(
            names = "--max-moves",
            paramLabel = "N",
            description =
                    "Most GPUs that may get another role; the best plan within them is taken. Default: any number.")
    private int maxMoves = Integer.MAX_VALUE;

    @Option(
            names = "--at-least",
            paramLabel = "SHARE",
            defaultValue = "0.95",
            description =
                    "Share of the value of planning anew that is good enough, in (0, 1]. Default: ${DEFAULT-VALUE}.")
    private double atLeast = ReplanRequest.AT_LEAST;

    @Option(
            names = "--up-to",
            paramLabel = "LEVEL",
            defaultValue = "anew",
            description = "Most disruptive level to try: routing, flips, moves or anew. Below anew there is nothing to"
                    + " compare with: the best level is taken, at once. Default: ${DEFAULT-VALUE}.")
    private Level upTo = Level.ANEW;

    @Option(
            names = "--load-rate",
            paramLabel = "R",
            defaultValue = "2 GB/s",
            converter = Quantity.DataRate.class,
            description = "Rate at which one GPU loads weights. Default: ${DEFAULT-VALUE}.")
    private double loadRate = ReplanRequest.LOAD_BYTES_PER_SECOND;

    @Option(
            names = "--rate",
            paramLabel = "R",
            converter = Quantity.Rate.class,
            description =
                    "Requests per second to serve, for plans made for the least cost. Default: the workload's rate.")
    private @Nullable Double rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
    private long seed = 42;

    @Option(
            names = "--max-evaluations",
            paramLabel = "N",
            description = "Stop planning anew, and the other levels together, after so many candidate evaluations."
                    + " Default: no limit.")
    private long maxEvaluations = Long.MAX_VALUE;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan (plan/1) here.")
    private @Nullable Path out;

    @Option(names = "--stats", paramLabel = "FILE", description = "Write the wall-clock time of each level here.")
    private @Nullable Path stats;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "What to print: text, or json (replan/1) and nothing else. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() {
        OutputFiles.require(
                Stream.of(out, stats).flatMap(Stream::ofNullable).toList(),
                Stream.of(problemOptions.inputs(), costModels.inputs(), List.of(plan))
                        .flatMap(List::stream)
                        .toList());
        if (maxEvaluations < 0) {
            throw new IllegalArgumentException("--max-evaluations must not be negative, got " + maxEvaluations);
        }
        PrintWriter err = spec.commandLine().getErr();
        PlanAndProblem given = PlanAndProblem.loadChanged(plan, problemOptions, err);
        CostModel costModel = costModels.factory(given.plan()).create(given.problem());
        try (Interruption interruption = Interruption.listen(err)) {
            LevelTimes times = new LevelTimes();
            ReplanResult result = replan(given, costModel, interruption, times);
            times.stop();
            if (interruption.happened()) {
                err.println("partiflow: interrupted; nothing was written");
                err.flush();
                return ExitCodes.INTERRUPTED;
            }
            return write(given, costModel, result, times);
        }
    }

    private ReplanResult replan(
            PlanAndProblem given, CostModel costModel, Interruption interruption, LevelTimes times) {
        try (ProgressView progress = ProgressView.start("Replanning")) {
            SolveControl control = new SolveControl(
                    maxEvaluations,
                    Optional.empty(),
                    Runtime.getRuntime().availableProcessors(),
                    interruption.token(),
                    event -> {
                        times.on(event);
                        progress.on(event);
                    });
            return new Replanner()
                    .replan(new ReplanRequest(
                            given.plan(),
                            given.problem(),
                            costModel,
                            options(given),
                            control,
                            atLeast,
                            maxMoves,
                            upTo,
                            loadRate));
        }
    }

    /** The objective of the plan, and the strategies of the defaults. */
    private PlanningOptions options(PlanAndProblem given) {
        String named = given.plan().generator().objective();
        Objective objective = Arrays.stream(Objective.values())
                .filter(known -> known.name().equals(named))
                .findFirst()
                .orElse(Objective.THROUGHPUT);
        double workloadRate = given.problem().workload().arrivals().ratePerSecond();
        double required = rate != null ? rate : objective == Objective.COST ? workloadRate : 0;
        PlanningOptions base = PlanningOptions.DEFAULT;
        return new PlanningOptions(base.partitioner(), base.flow(), base.refinement(), objective, required, seed);
    }

    private int write(PlanAndProblem given, CostModel costModel, ReplanResult result, LevelTimes times) {
        PrintWriter err = spec.commandLine().getErr();
        if (result.chosen().isEmpty()) {
            result.broken().forEach(group -> err.println("partiflow: group " + group.id() + ": " + group.reason()));
            err.println("partiflow: no feasible plan: " + result.reason());
            err.flush();
            return ExitCodes.FAILED;
        }
        ServingPlan chosen = result.chosen().flatMap(level -> level.plan()).orElseThrow();
        List<Violation> violations = PlanChecker.violations(given.problem(), costModel, chosen);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("the new plan is not valid: " + violations.get(0));
        }
        if (out != null) {
            AtomicFiles.write(out, new PlanWriter().toBytes(chosen));
        }
        if (stats != null) {
            AtomicFiles.write(stats, new DocumentWriter().toBytes(times.tree()));
        }
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.print(
                format == OutputFormat.JSON
                        ? new String(
                                new DocumentWriter().toBytes(ReplanTree.of(given.plan(), result)),
                                StandardCharsets.UTF_8)
                        : ReplanText.of(given.plan(), result));
        stdout.flush();
        Stream.of(out, stats).flatMap(Stream::ofNullable).forEach(file -> err.println("Wrote " + file));
        err.flush();
        return ExitCodes.DONE;
    }
}
