package org.partiflow.benchmarks;

import io.vavr.control.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.Provenance;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.report.SimulationReport;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.ModelReader;
import org.partiflow.io.PlanReader;
import org.partiflow.io.PlanWriter;
import org.partiflow.io.WorkloadReader;
import org.partiflow.simulator.Backlog;
import org.partiflow.simulator.Extent;
import org.partiflow.simulator.OfferedLoad;
import org.partiflow.simulator.SimulationOptions;
import org.partiflow.simulator.SimulationRequest;
import org.partiflow.simulator.Simulator;

/**
 * Plans clusters for models and workloads and replays each plan saturated, at 95 % and at 105 % of what it predicts.
 *
 * <p>Arguments: {@code models workloads plan-directory cluster-file...}, models and workloads comma-separated. Plans are
 * kept in the directory and read from there the next time. Per case: predicted and saturated throughput, the growth of
 * the {@link Backlog} at 95 % and at 105 % (per arrival), and whether the one is stable and the other grows. As many
 * requests are replayed as {@code -Drequests} says, and at least {@value #TURNS} times as many as the plan has sequences.
 */
public final class PlannerPromise {
    private static final int REQUESTS = Integer.getInteger("requests", 20_000);

    private static final int TURNS = 30;

    /** Growth of the backlog per arrival from which on a system counts as overloaded. */
    private static final double OVERLOADED = 0.01;

    private static final String NO_DIGEST = "0".repeat(64);

    private PlannerPromise() {}

    /** Prints one line per case, then median and worst difference. */
    public static void main(String[] arguments) throws IOException {
        Path plans = Path.of(arguments[2]);
        Files.createDirectories(plans);
        List<Verdict> verdicts = new ArrayList<>();
        System.out.println("case,kinds,predicted,saturated,difference,growth95,growth105,stable95,grows105");
        for (String cluster : Arrays.asList(arguments).subList(3, arguments.length)) {
            for (String model : arguments[0].split(",", -1)) {
                for (String workload : arguments[1].split(",", -1)) {
                    verdicts.add(run(Path.of(cluster), model, workload, plans));
                }
            }
        }
        double[] sorted = verdicts.stream()
                .mapToDouble(v -> Math.abs(v.difference()))
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "difference: median %.2f %%, worst %.2f %% of %d; stable at 95 %%: %d; grows at 105 %%: %d%n",
                100 * sorted[sorted.length / 2],
                100 * sorted[sorted.length - 1],
                sorted.length,
                verdicts.stream().filter(Verdict::stable).count(),
                verdicts.stream().filter(Verdict::grows).count());
    }

    /** What came out of a case: simulated over predicted less 1, and the growth below and above the prediction. */
    private record Verdict(double difference, double below, double above) {
        boolean stable() {
            return below < OVERLOADED;
        }

        boolean grows() {
            return above >= OVERLOADED;
        }
    }

    private static Verdict run(Path cluster, String model, String workload, Path plans) throws IOException {
        PlanningProblem problem = new PlanningProblem(
                value(new ClusterReader().read(cluster)).value(),
                value(new ModelReader().readNameOrFile(model)).value(),
                value(new WorkloadReader().readNameOrFile(workload)).value(),
                ServingOptions.DEFAULT,
                new Provenance(NO_DIGEST, NO_DIGEST, NO_DIGEST));
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        String name = cluster.getFileName().toString().replace(".yaml", "") + "_" + model + "_" + workload;
        ServingPlan plan = plan(problem, costModel, plans.resolve(name + ".json"));
        double predicted = plan.throughput().requestsPerSecond();
        SimulationRequest request = SimulationRequest.of(
                problem,
                costModel,
                plan,
                SimulationOptions.DEFAULT
                        .withExtent(Extent.ofRequests(requests(plan)))
                        .withWarmUpShare(0.4)
                        .withDrain(false));
        double saturated =
                replay(request, OfferedLoad.saturating()).throughput().requestsPerSecond();
        Verdict verdict = new Verdict(
                saturated / predicted - 1, growth(request, 0.95 * predicted), growth(request, 1.05 * predicted));
        System.out.printf(
                Locale.ROOT,
                "%s,%s,%.4f,%.4f,%+.2f %%,%.4f,%.4f,%s,%s%n",
                name,
                kinds(plan),
                predicted,
                saturated,
                100 * verdict.difference(),
                verdict.below(),
                verdict.above(),
                verdict.stable(),
                verdict.grows());
        return verdict;
    }

    private static int requests(ServingPlan plan) {
        int sequences = plan.groups().stream()
                .mapToInt(group -> Math.max(group.batch(), group.stages().size()))
                .sum();
        return Math.max(REQUESTS, TURNS * sequences);
    }

    private static double growth(SimulationRequest request, double rate) {
        SimulationOptions options = request.options().withLoad(OfferedLoad.atRate(rate));
        return Backlog.growth(new Simulator().run(request.withOptions(options)).records());
    }

    private static SimulationReport replay(SimulationRequest request, OfferedLoad load) {
        return new Simulator()
                .run(request.withOptions(request.options().withLoad(load)))
                .report();
    }

    private static String kinds(ServingPlan plan) {
        StringBuilder kinds = new StringBuilder();
        plan.groups()
                .forEach(g -> kinds.append(g.id().charAt(0))
                        .append(g.stages().size())
                        .append('b')
                        .append(g.batch())
                        .append(g.flowRequestsPerSecond() > 0.999 * g.capacityRequestsPerSecond() ? "*" : "")
                        .append(' '));
        return kinds.toString().strip();
    }

    private static ServingPlan plan(PlanningProblem problem, CostModel costModel, Path file) throws IOException {
        if (Files.exists(file)) {
            return value(new PlanReader().read(file)).value();
        }
        PlanningResult result = Strategies.named(Planner.class, "partiflow")
                .plan(new PlanningRequest(problem, costModel, PlanningOptions.DEFAULT, SolveControl.unlimited()));
        if (result instanceof PlanningResult.Planned planned) {
            Files.write(file, new PlanWriter().toBytes(planned.plan()));
            return planned.plan();
        }
        throw new IllegalStateException("no plan for " + file);
    }

    private static <E, T> T value(Validation<E, T> read) {
        if (read.isInvalid()) {
            throw new IllegalArgumentException(read.getError().toString());
        }
        return read.get();
    }
}
