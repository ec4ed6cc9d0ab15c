package org.partiflow.cli.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.Provenance;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.io.JointPlanReader;

/**
 * A plan and the problem it is held against.
 *
 * @param plan the plan
 * @param problem the problem
 */
public record PlanAndProblem(ServingPlan plan, PlanningProblem problem) {
    /**
     * Reads both; warns if the plan was made for another workload, or for a model that is described differently.
     *
     * @throws IllegalArgumentException if the plan was made for another cluster or another model, or if an option
     *     contradicts how the plan says that engines are run
     */
    public static PlanAndProblem load(Path planFile, ProblemOptions options, PrintWriter err) {
        return load(planFile, options, options.cluster(), err);
    }

    /** As {@link #load(Path, ProblemOptions, PrintWriter)}, on another cluster than the one that the options name. */
    public static PlanAndProblem load(Path planFile, ProblemOptions options, Path cluster, PrintWriter err) {
        ServingPlan plan = options.part(
                planFile, new JointPlanReader().readOrThrow(planFile).value());
        PlanningProblem problem = options.load(plan, cluster);
        requireSame(plan, problem, err);
        return new PlanAndProblem(plan, problem);
    }

    /**
     * Warns if the plan was made for another workload, or for a model that is described differently.
     *
     * @throws IllegalArgumentException if the plan was made for another cluster or another model
     */
    public static void requireSame(ServingPlan plan, PlanningProblem problem, PrintWriter err) {
        Provenance given = problem.provenance();
        ServingPlan.Inputs planned = plan.inputs();
        require("cluster", planned.cluster(), problem.cluster().name(), given.clusterSha256());
        if (!planned.model().name().equals(problem.model().name())) {
            require("model", planned.model(), problem.model().name(), given.modelSha256());
        }
        warn(err, "model", planned.model(), given.modelSha256());
        warn(err, "workload", planned.workload(), given.workloadSha256());
    }

    /**
     * Reads a plan and what has become of its problem: the cluster and the workload may be other ones.
     *
     * @throws IllegalArgumentException if the plan was made for another model, or if an option contradicts how the plan
     *     says that engines are run
     */
    public static PlanAndProblem loadChanged(Path planFile, ProblemOptions options, PrintWriter err) {
        JointPlan read = new JointPlanReader().readOrThrow(planFile).value();
        if (read.parts().size() > 1) {
            throw new IllegalArgumentException(
                    planFile + " holds the plans of " + read.parts().size()
                            + " models that share a cluster: replan takes the plan of one; plan them anew with 'partiflow plan'");
        }
        ServingPlan plan = read.parts().get(0).plan();
        PlanningProblem problem = options.load(plan);
        ServingPlan.Input model = plan.inputs().model();
        String given = problem.provenance().modelSha256();
        if (!model.name().equals(problem.model().name())) {
            require("model", model, problem.model().name(), given);
        }
        warn(err, "model", model, given);
        return new PlanAndProblem(plan, problem);
    }

    private static void require(String what, ServingPlan.Input planned, String name, String given) {
        if (differs(planned, given)) {
            throw new IllegalArgumentException("the plan was made for " + what + " '" + planned.name() + "' (SHA-256 "
                    + planned.sha256() + "), but the given " + what + " is '" + name + "' (SHA-256 " + given
                    + "): give the " + what + " that was planned for, or plan again");
        }
    }

    private static void warn(PrintWriter err, String what, ServingPlan.Input planned, String given) {
        if (differs(planned, given)) {
            err.println("partiflow: warning: the plan was made for another " + what + " file (" + planned.name()
                    + ", SHA-256 " + planned.sha256() + ")");
        }
    }

    private static boolean differs(ServingPlan.Input planned, String given) {
        return !planned.sha256().isEmpty() && !planned.sha256().equals(given);
    }
}
