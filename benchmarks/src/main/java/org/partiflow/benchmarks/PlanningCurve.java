package org.partiflow.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressListener;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.ModelReader;
import org.partiflow.io.PlanWriter;
import org.partiflow.io.WorkloadReader;

/**
 * Planning time against the number of GPUs: the first run in a fresh JVM, then the median of more, with value, bound and
 * gap, and the slope of the curve.
 *
 * <p>Arguments: {@code clusters models workloads zones}, each comma-separated. A cluster is a number of GPUs ({@link
 * MixedClusters}) or a file. System properties: {@code planner}, {@code threads} (2), {@code runs} (5), {@code check},
 * {@code replay} (3, as on the command line), {@code warm} (0: so often every problem is planned beforehand, untimed).
 */
public final class PlanningCurve {
    private static final String PLANNER = System.getProperty("planner", "partiflow");
    private static final int THREADS = Integer.getInteger("threads", 2);
    private static final int RUNS = Integer.getInteger("runs", 5);
    private static final int REPLAY = Integer.getInteger("replay", 3);
    private static final int WARM = Integer.getInteger("warm", 0);
    private static final boolean CHECK = Boolean.parseBoolean(System.getProperty("check", "true"));

    private PlanningCurve() {}

    /** Prints one line per case, and the slope between the smallest and the largest cluster. */
    public static void main(String[] arguments) {
        for (int round = 0; round < WARM; round++) {
            forEachProblem(arguments, (zones, problem) -> plan(problem, costModel(problem)));
        }
        List<double[]> points = new ArrayList<>();
        System.out.println("cluster,zones,model,workload,first_s,median_s,cpu_s,value,bound,gap_percent,groups,"
                + "evaluations,peak_heap_mb,violations,digest");
        forEachProblem(
                arguments,
                (zones, problem) -> points.add(
                        new double[] {Math.log(problem.cluster().gpuCount()), Math.log(run(zones, problem))}));
        System.out.printf(Locale.ROOT, "slope of log time against log GPUs: %.2f%n", slope(points));
    }

    private static void forEachProblem(String[] arguments, BiConsumer<String, PlanningProblem> action) {
        for (String size : arguments[0].split(",", -1)) {
            for (String zones : arguments[3].split(",", -1)) {
                Cluster cluster = cluster(size, Integer.parseInt(zones));
                for (String model : arguments[1].split(",", -1)) {
                    for (String workload : arguments[2].split(",", -1)) {
                        action.accept(
                                zones,
                                PlanningProblem.of(
                                        cluster,
                                        new ModelReader()
                                                .readNameOrFileOrThrow(model)
                                                .value(),
                                        new WorkloadReader()
                                                .readNameOrFileOrThrow(workload)
                                                .value()));
                    }
                }
            }
        }
    }

    private static Cluster cluster(String sizeOrFile, int zones) {
        return sizeOrFile.chars().allMatch(Character::isDigit)
                ? MixedClusters.of(Integer.parseInt(sizeOrFile), zones)
                : new ClusterReader().read(Path.of(sizeOrFile)).get().value();
    }

    private static double run(String zones, PlanningProblem problem) {
        double[] seconds = new double[RUNS];
        double cpu = 0;
        List<ServingPlan> plans = new ArrayList<>();
        resetPeak();
        for (int run = 0; run < RUNS; run++) {
            // A fresh cost model each time: what it remembers is part of the work.
            CostModel costModel = costModel(problem);
            long cpuStart = cpuNanos();
            long start = System.nanoTime();
            plans.add(plan(problem, costModel));
            seconds[run] = (System.nanoTime() - start) * 1e-9;
            cpu = (cpuNanos() - cpuStart) * 1e-9;
        }
        double first = seconds[0];
        ServingPlan plan = plans.get(0);
        Arrays.sort(seconds);
        double median = seconds[RUNS / 2];
        print(zones, problem, first, median, cpu, plan);
        return median;
    }

    private static CostModel costModel(PlanningProblem problem) {
        return Strategies.named(CostModelFactory.class, "roofline").create(problem);
    }

    private static int violations(PlanningProblem problem, ServingPlan plan) {
        return CHECK ? PlanChecker.violations(problem, costModel(problem), plan).size() : -1;
    }

    private static void print(
            String zones, PlanningProblem problem, double first, double median, double cpu, ServingPlan plan) {
        System.out.printf(
                Locale.ROOT,
                "%s,%s,%s,%s,%.3f,%.3f,%.3f,%.4f,%.4f,%.2f,%d,%d,%d,%d,%08x%n",
                problem.cluster().name(),
                zones,
                problem.model().name(),
                problem.workload().name(),
                first,
                median,
                cpu,
                plan.throughput().requestsPerSecond(),
                plan.certificate().upperBoundRequestsPerSecond(),
                100 * plan.certificate().gap(),
                plan.groups().size(),
                plan.termination().evaluations(),
                peakMegabytes(),
                violations(problem, plan),
                new String(new PlanWriter().toBytes(plan), StandardCharsets.UTF_8).hashCode());
    }

    private static ServingPlan plan(PlanningProblem problem, CostModel costModel) {
        SolveControl control = new SolveControl(
                Long.getLong("evaluations", Long.MAX_VALUE),
                Optional.empty(),
                THREADS,
                new CancellationToken(),
                ProgressListener.SILENT);
        PlanningResult result = Strategies.named(Planner.class, PLANNER)
                .plan(new PlanningRequest(problem, costModel, PlanningOptions.DEFAULT.withReplayTop(REPLAY), control));
        if (result instanceof PlanningResult.Planned planned) {
            return planned.plan();
        }
        throw new IllegalStateException(
                "no plan for " + problem.cluster() + ": " + ((PlanningResult.Infeasible) result).reason());
    }

    /** Processor time of the whole process, compilation and collection included. */
    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void resetPeak() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
    }

    /** Sum of the peaks of the heap's pools: an upper limit of what was in use at a time. */
    private static long peakMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }

    private static double slope(List<double[]> points) {
        double x = points.stream().mapToDouble(p -> p[0]).average().orElse(0);
        double y = points.stream().mapToDouble(p -> p[1]).average().orElse(0);
        double xx = points.stream().mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
        double xy = points.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum();
        return xx > 0 ? xy / xx : Double.NaN;
    }
}
