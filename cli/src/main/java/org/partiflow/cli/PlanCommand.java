package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.joint.Tenant;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.MaxFlowSolver;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.cli.run.CostModels;
import org.partiflow.cli.run.EngineCost;
import org.partiflow.cli.run.Interruption;
import org.partiflow.cli.run.OutputFiles;
import org.partiflow.cli.run.ProblemOptions;
import org.partiflow.cli.run.ProgressView;
import org.partiflow.cli.run.Stats;
import org.partiflow.cli.run.Stopwatch;
import org.partiflow.cli.text.ExplanationText;
import org.partiflow.cli.text.JointPlanText;
import org.partiflow.cli.text.PlanText;
import org.partiflow.io.AtomicFiles;
import org.partiflow.io.JointPlanWriter;
import org.partiflow.io.PlanWriter;
import org.partiflow.solvers.explain.ExplanationRequest;
import org.partiflow.solvers.explain.PlanExplainer;
import org.partiflow.solvers.joint.JointPlanner;
import org.partiflow.solvers.joint.JointRequest;
import org.partiflow.solvers.joint.JointResult;
import org.partiflow.studies.report.JointReportHtml;
import org.partiflow.studies.report.PlanReport;
import org.partiflow.studies.report.PlanReportHtml;
import org.partiflow.studies.words.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow plan}. */
@Command(
        name = "plan",
        description = "Plans how the cluster serves the model under the workload, or several models that share it.",
        footer =
                "Several models: --model A --workload V --model B --workload W; each workload's rate is what its model must"
                        + " serve, and the least share of these rates that is served is maximised.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProblemOptions problemOptions = new ProblemOptions();

    @Mixin
    private CostModels costModels = new CostModels();

    @Mixin
    private PlannerOptions plannerOptions = new PlannerOptions();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Only plans that vllm or sglang can run; also plans without, to say what that costs."
                    + " Default: any.")
    private TargetEngine engine = TargetEngine.ANY;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan (plan/1) here.")
    private @Nullable Path out;

    @Option(names = "--stats", paramLabel = "FILE", description = "Write wall-clock times (stats/1) here.")
    private @Nullable Path stats;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "What to print: text, or json and nothing else. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TEXT;

    @Option(names = "--report", paramLabel = "FILE", description = "Write an HTML report here.")
    private @Nullable Path report;

    @Option(
            names = "--explain",
            description =
                    "Also say why: the bottleneck, what one more GPU or a faster link would bring, what other planners"
                            + " reach, and which strategies the groups could have had. Solves each question anew, so it takes"
                            + " several times as long.")
    private boolean explain;

    @Override
    public Integer call() {
        List<Path> outputs =
                Stream.of(out, stats, report).flatMap(Stream::ofNullable).toList();
        OutputFiles.require(
                outputs,
                Stream.concat(problemOptions.inputs().stream(), costModels.inputs().stream())
                        .toList());
        CostModelFactory costs = costModels.factory();
        plannerOptions.control(new CancellationToken(), event -> {});
        Planner planner = planner();
        if (problemOptions.areSeveral()) {
            return planJointly(planner, costs);
        }
        Stopwatch watch = new Stopwatch();
        PlanningProblem free = problemOptions.load(KvProtocol.DEFAULT);
        PlanningProblem problem = free.withServing(free.serving().withEngine(engine));
        double readSeconds = watch.lapSeconds();
        try (Interruption interruption = Interruption.listen(spec.commandLine().getErr())) {
            CostModel costModel = costs.create(problem);
            PlanningResult result = plan(planner, problem, costModel, interruption);
            if (engine != TargetEngine.ANY && result instanceof PlanningResult.Planned planned) {
                PlanningResult without = plan(planner, free, costs.create(free), interruption);
                result = EngineCost.noted(problem, planned, without);
            }
            Stats took = new Stats(planner.name(), plannerOptions.threads(), readSeconds, watch.lapSeconds());
            if (result instanceof PlanningResult.Planned planned) {
                Optional<Explanation> explanation = explain && !interruption.happened()
                        ? Optional.of(explanation(problem, costModel, planned.plan(), interruption))
                        : Optional.empty();
                return write(problem, planned.plan(), explanation, took, interruption);
            }
            return infeasible((PlanningResult.Infeasible) result, interruption);
        }
    }

    private int planJointly(Planner planner, CostModelFactory costs) {
        if (explain) {
            throw new IllegalArgumentException("--explain explains the plan of one model, but several are given");
        }
        Stopwatch watch = new Stopwatch();
        List<PlanningProblem> problems = problemOptions.loadAll(KvProtocol.DEFAULT).stream()
                .map(problem -> problem.withServing(problem.serving().withEngine(engine)))
                .toList();
        List<Tenant> tenants = plannerOptions.tenants(problems);
        PlanningOptions options = plannerOptions.jointOptions(problems);
        double readSeconds = watch.lapSeconds();
        PrintWriter err = spec.commandLine().getErr();
        try (Interruption interruption = Interruption.listen(err)) {
            JointResult result;
            try (ProgressView progress = ProgressView.start("Planning")) {
                result = new JointPlanner(planner)
                        .plan(JointRequest.of(
                                tenants, costs, options, plannerOptions.control(interruption.token(), progress)));
            }
            if (result instanceof JointResult.Infeasible infeasible) {
                return infeasible(new PlanningResult.Infeasible(infeasible.reason(), 0), interruption);
            }
            JointPlan plan = ((JointResult.Planned) result).plan();
            Stats took = new Stats(planner.name(), plannerOptions.threads(), readSeconds, watch.lapSeconds());
            byte[] json = new JointPlanWriter().toBytes(plan);
            writeFiles(json, took.toBytes(plan.termination()), () -> JointReportHtml.write(problems, plan));
            print(
                    format == OutputFormat.JSON
                            ? new String(json, StandardCharsets.UTF_8)
                            : JointPlanText.of(problems, plan));
            return ended(plan.termination(), interruption);
        }
    }

    private Planner planner() {
        Strategies.named(Partitioner.class, plannerOptions.partitioner());
        Strategies.named(MaxFlowSolver.class, plannerOptions.flow());
        return plannerOptions.planner();
    }

    private PlanningResult plan(
            Planner planner, PlanningProblem problem, CostModel costModel, Interruption interruption) {
        try (ProgressView progress = ProgressView.start("Planning")) {
            return planner.plan(new PlanningRequest(
                    problem,
                    costModel,
                    plannerOptions.options(problem),
                    plannerOptions.control(interruption.token(), progress)));
        }
    }

    private Explanation explanation(
            PlanningProblem problem, CostModel costModel, ServingPlan plan, Interruption interruption) {
        PlanningRequest request = new PlanningRequest(
                problem,
                costModel,
                plannerOptions.options(problem),
                plannerOptions.control(interruption.token(), event -> {}));
        return new PlanExplainer().explain(ExplanationRequest.of(request, plan));
    }

    private int write(
            PlanningProblem problem,
            ServingPlan plan,
            Optional<Explanation> explanation,
            Stats took,
            Interruption interruption) {
        byte[] json = new PlanWriter().toBytes(plan);
        writeFiles(
                json,
                took.toBytes(plan.termination()),
                () -> PlanReportHtml.write(new PlanReport(problem, plan, Optional.empty(), explanation)));
        if (format == OutputFormat.JSON) {
            byte[] printed = explanation
                    .map(found -> new PlanWriter().toBytes(plan, found))
                    .orElse(json);
            print(new String(printed, StandardCharsets.UTF_8));
        } else {
            print(PlanText.of(problem, plan)
                    + explanation
                            .map(found -> "\n" + ExplanationText.of(plan, found))
                            .orElse(""));
        }
        return ended(plan.termination(), interruption);
    }

    private void writeFiles(byte[] json, byte[] took, Supplier<String> html) {
        if (out != null) {
            AtomicFiles.write(out, json);
        }
        if (stats != null) {
            AtomicFiles.write(stats, took);
        }
        if (report != null) {
            AtomicFiles.write(report, html.get().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void print(String text) {
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.print(text);
        stdout.flush();
    }

    private int ended(ServingPlan.Termination termination, Interruption interruption) {
        PrintWriter err = spec.commandLine().getErr();
        if (interruption.happened()) {
            err.println("partiflow: interrupted; the best plan so far was "
                    + (out == null ? "printed" : "written to " + out));
            err.flush();
            return ExitCodes.INTERRUPTED;
        }
        if ("time".equals(termination.limit())) {
            err.println("partiflow: stopped by the time limit; another run may give another plan");
        }
        if (out != null) {
            err.println("Wrote " + out);
        }
        err.flush();
        return ExitCodes.DONE;
    }

    private int infeasible(PlanningResult.Infeasible infeasible, Interruption interruption) {
        PrintWriter err = spec.commandLine().getErr();
        if (interruption.happened()) {
            err.println("partiflow: interrupted before a plan was found; nothing was written");
            err.flush();
            return ExitCodes.INTERRUPTED;
        }
        String missing = infeasible.shortfallBytes() > 0
                ? " (" + Numbers.gigabytes((double) infeasible.shortfallBytes()) + " of GPU memory are missing)"
                : "";
        err.println("partiflow: no feasible plan: " + infeasible.reason() + missing);
        err.flush();
        return ExitCodes.FAILED;
    }
}
