package org.partiflow.benchmarks;

import io.vavr.control.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.ModelReader;
import org.partiflow.io.WorkloadReader;
import org.partiflow.solvers.replan.LevelOutcome;
import org.partiflow.solvers.replan.ReplanRequest;
import org.partiflow.solvers.replan.ReplanResult;
import org.partiflow.solvers.replan.Replanner;

/**
 * Loses every single node of clusters in turn and replans. Arguments: {@code models workloads cluster-file...}, models and
 * workloads comma-separated. One line per loss: share of the value of planning anew that each level reaches, the level that is
 * taken, GPUs that it touches, and violations; then what was taken how often.
 */
public final class NodeLosses {
    private NodeLosses() {}

    /** Prints one line per lost node, then sums. */
    public static void main(String[] arguments) {
        List<ReplanResult> all = new ArrayList<>();
        int wrong = 0;
        System.out.println("case,lost,routing,flips,moves,taken,touched,share,violations");
        for (String file : Arrays.asList(arguments).subList(2, arguments.length)) {
            Cluster cluster = value(new ClusterReader().read(Path.of(file))).value();
            for (String model : arguments[0].split(",", -1)) {
                for (String workload : arguments[1].split(",", -1)) {
                    wrong += run(
                            cluster,
                            value(new ModelReader().readNameOrFile(model)).value(),
                            value(new WorkloadReader().readNameOrFile(workload)).value(),
                            all);
                }
            }
        }
        List<LevelOutcome> chosen =
                all.stream().flatMap(result -> result.chosen().stream()).toList();
        System.out.printf(
                Locale.ROOT,
                "%d losses: %d replanned, least share %.4f, %d without a plan, %d invalid%n",
                all.size(),
                chosen.size(),
                chosen.stream().mapToDouble(LevelOutcome::share).min().orElse(0),
                all.size() - chosen.size(),
                wrong);
        for (var level : org.partiflow.solvers.replan.Level.values()) {
            System.out.println(level + ": "
                    + chosen.stream().filter(one -> one.level() == level).count());
        }
    }

    private static int run(Cluster cluster, TransformerModel model, Workload workload, List<ReplanResult> all) {
        PlanningProblem whole = PlanningProblem.of(cluster, model, workload);
        if (!(plan(whole) instanceof PlanningResult.Planned planned)) {
            System.out.println(cluster.name() + "_" + model.name() + "_" + workload.name() + ",cannot be served");
            return 0;
        }
        int wrong = 0;
        for (Node lost : cluster.nodes()) {
            if (cluster.nodeCount() == 1) {
                break;
            }
            PlanningProblem problem = PlanningProblem.of(without(cluster, lost.id()), model, workload);
            CostModel costModel = costModel(problem);
            ReplanResult result = new Replanner()
                    .replan(ReplanRequest.of(
                            planned.plan(), problem, costModel, PlanningOptions.DEFAULT, SolveControl.unlimited()));
            int violations = result.chosen()
                    .map(level -> violations(problem, costModel, level.plan().orElseThrow()))
                    .orElse(0);
            wrong += violations > 0 ? 1 : 0;
            all.add(result);
            System.out.printf(
                    Locale.ROOT,
                    "%s_%s_%s,%s,%.4f,%.4f,%.4f,%s,%d,%.4f,%d%s%n",
                    cluster.name(),
                    model.name(),
                    workload.name(),
                    lost.id(),
                    share(result, 0),
                    share(result, 1),
                    share(result, 2),
                    result.chosen().map(level -> level.level().toString()).orElse("none"),
                    result.chosen()
                            .map(level -> level.transition().touchedGpus().size())
                            .orElse(0),
                    result.chosen().map(LevelOutcome::share).orElse(0.0),
                    violations,
                    result.chosen().isPresent() ? "" : "," + result.reason());
        }
        return wrong;
    }

    private static double share(ReplanResult result, int level) {
        return result.levels().size() > level ? result.levels().get(level).share() : Double.NaN;
    }

    private static int violations(PlanningProblem problem, CostModel costModel, ServingPlan plan) {
        return PlanChecker.violations(problem, costModel, plan).size();
    }

    static PlanningResult plan(PlanningProblem problem) {
        return Strategies.named(Planner.class, "partiflow")
                .plan(new PlanningRequest(
                        problem, costModel(problem), PlanningOptions.DEFAULT, SolveControl.unlimited()));
    }

    static CostModel costModel(PlanningProblem problem) {
        return Strategies.named(CostModelFactory.class, "roofline").create(problem);
    }

    static Cluster without(Cluster cluster, String node) {
        return new Cluster(
                cluster.name(),
                cluster.nodes().stream().filter(one -> !one.id().equals(node)).toList(),
                cluster.fabric(),
                cluster.links().stream()
                        .filter(link ->
                                !link.nodeA().equals(node) && !link.nodeB().equals(node))
                        .toList());
    }

    private static <T> T value(Validation<?, T> read) {
        if (read.isInvalid()) {
            throw new IllegalArgumentException(read.getError().toString());
        }
        return read.get();
    }
}
