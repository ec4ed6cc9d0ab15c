package org.partiflow.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.check.JointPlanChecker;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.check.Violation;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.joint.Tenant;
import org.partiflow.cli.run.CostModels;
import org.partiflow.cli.run.PlanAndProblem;
import org.partiflow.cli.run.ProblemOptions;
import org.partiflow.io.JointPlanReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code partiflow check}. */
@Command(
        name = "check",
        description =
                "Checks a plan independently of what made it; prints every violation. Of a plan for several models:"
                        + " all of it with every --model and --workload in its order, or one part with one of each.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "Plan file (plan/1 or joint-plan/1).")
    private Path plan = Path.of("");

    @Mixin
    private ProblemOptions problemOptions = new ProblemOptions();

    @Mixin
    private CostModels costModels = new CostModels();

    @Override
    public Integer call() {
        if (problemOptions.areSeveral()) {
            return report(jointViolations());
        }
        PlanAndProblem given =
                PlanAndProblem.load(plan, problemOptions, spec.commandLine().getErr());
        CostModel costModel = costModels.factory(given.plan()).create(given.problem());
        PrintWriter err = spec.commandLine().getErr();
        CostModels.difference(given.plan(), costModel).ifPresent(other -> err.println("partiflow: warning: " + other));
        err.flush();
        return report(PlanChecker.violations(given.problem(), costModel, given.plan()));
    }

    /** Of the plan of all models together; the rates are those that it says it was made for. */
    private List<Violation> jointViolations() {
        JointPlan read = new JointPlanReader().readOrThrow(plan).value();
        List<PlanningProblem> problems = problemOptions.loadAll(read);
        PrintWriter err = spec.commandLine().getErr();
        List<Tenant> tenants = new ArrayList<>();
        List<CostModel> models = new ArrayList<>();
        for (int t = 0; t < problems.size(); t++) {
            JointPlan.Part part = read.parts().get(t);
            PlanAndProblem.requireSame(part.plan(), problems.get(t), err);
            CostModel costModel = costModels.factory(part.plan()).create(problems.get(t));
            CostModels.difference(part.plan(), costModel)
                    .ifPresent(other -> err.println("partiflow: warning: " + other));
            tenants.add(new Tenant(problems.get(t), part.requiredRequestsPerSecond()));
            models.add(costModel);
        }
        err.flush();
        return JointPlanChecker.violations(tenants, models, read);
    }

    private int report(List<Violation> violations) {
        PrintWriter out = spec.commandLine().getOut();
        violations.forEach(out::println);
        out.println(violations.isEmpty() ? "The plan is valid." : violations.size() + " violation(s).");
        out.flush();
        return violations.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
