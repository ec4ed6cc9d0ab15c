package org.partiflow.cli.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.Provenance;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.io.PlanReader;

/**
 * A plan and the problem it is held against.
 *
 * @param plan the plan
 * @param problem the problem
 */
public record PlanAndProblem(ServingPlan plan, PlanningProblem problem) {
    /** Reads both; warns if the plan was made for other files. */
    public static PlanAndProblem load(Path planFile, ProblemOptions options, PrintWriter err) {
        ServingPlan plan = new PlanReader().readOrThrow(planFile).value();
        PlanningProblem problem = options.load(PlannedProtocol.of(plan));
        Provenance given = problem.provenance();
        warn(err, "cluster", plan.inputs().cluster(), given.clusterSha256());
        warn(err, "model", plan.inputs().model(), given.modelSha256());
        warn(err, "workload", plan.inputs().workload(), given.workloadSha256());
        return new PlanAndProblem(plan, problem);
    }

    private static void warn(PrintWriter err, String what, ServingPlan.Input planned, String given) {
        if (!planned.sha256().isEmpty() && !planned.sha256().equals(given)) {
            err.println("partiflow: warning: the plan was made for another " + what + " file (" + planned.name()
                    + ", SHA-256 " + planned.sha256() + ")");
        }
    }
}
