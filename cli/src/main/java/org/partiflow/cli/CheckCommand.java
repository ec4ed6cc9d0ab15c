package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.cost.CostModel;
import org.partiflow.cli.run.CostModels;
import org.partiflow.cli.run.PlanAndProblem;
import org.partiflow.cli.run.ProblemOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow check}. */
@Command(
        name = "check",
        description = "Checks a plan independently of what made it; prints every violation.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "Plan file (plan/1).")
    private Path plan = Path.of("");

    @Mixin
    private ProblemOptions problemOptions = new ProblemOptions();

    @Mixin
    private CostModels costModels = new CostModels();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PlanAndProblem given =
                PlanAndProblem.load(plan, problemOptions, spec.commandLine().getErr());
        CostModel costModel = costModels.factory(given.plan()).create(given.problem());
        PrintWriter err = spec.commandLine().getErr();
        CostModels.difference(given.plan(), costModel).ifPresent(other -> err.println("partiflow: warning: " + other));
        err.flush();
        List<Violation> violations = PlanChecker.violations(given.problem(), costModel, given.plan());
        violations.forEach(out::println);
        out.println(violations.isEmpty() ? "The plan is valid." : violations.size() + " violation(s).");
        out.flush();
        return violations.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
