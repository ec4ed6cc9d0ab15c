package org.partiflow.benchmarks;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.io.Catalogue;
import org.partiflow.solvers.replan.Level;
import org.partiflow.solvers.replan.ReplanRequest;
import org.partiflow.solvers.replan.Replanner;

/**
 * Times the levels of replanning after the loss of a node. Arguments: {@code gpus zones model workload repetitions}. Each
 * repetition loses the next node; the first fifth warms the JVM up. Prints milliseconds per level: median, 90th percentile and
 * worst, of this thread's processor time and of the wall clock.
 */
public final class ReplanSpeed {
    private ReplanSpeed() {}

    /** Prints one line per level, and one for routing and flips together. */
    public static void main(String[] arguments) {
        Cluster cluster = MixedClusters.of(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        PlanningProblem whole = PlanningProblem.of(
                cluster,
                Catalogue.findModel(arguments[2]).orElseThrow().value(),
                Catalogue.findWorkload(arguments[3]).orElseThrow().value());
        int repetitions = Integer.parseInt(arguments[4]);
        ServingPlan plan = ((PlanningResult.Planned) NodeLosses.plan(whole)).plan();
        System.out.println(cluster.name() + ": " + plan.groups().size() + " groups, "
                + plan.throughput().requestsPerSecond() + " req/s");
        double[][] wall = new double[3][repetitions];
        double[][] cpu = new double[3][repetitions];
        for (int i = 0; i < repetitions; i++) {
            String lost = cluster.node(i % cluster.nodeCount()).id();
            PlanningProblem problem =
                    PlanningProblem.of(NodeLosses.without(cluster, lost), whole.model(), whole.workload());
            Clock clock = new Clock();
            new Replanner()
                    .replan(new ReplanRequest(
                            plan,
                            problem,
                            NodeLosses.costModel(problem),
                            PlanningOptions.DEFAULT,
                            new SolveControl(
                                    Long.MAX_VALUE, java.util.Optional.empty(), 1, new CancellationToken(), clock::on),
                            0.95,
                            Integer.MAX_VALUE,
                            Level.FLIPS,
                            ReplanRequest.LOAD_BYTES_PER_SECOND));
            clock.stop();
            for (int level = 0; level < 2; level++) {
                wall[level][i] = clock.wall.getOrDefault(Level.values()[level], 0.0);
                cpu[level][i] = clock.cpu.getOrDefault(Level.values()[level], 0.0);
                wall[2][i] += wall[level][i];
                cpu[2][i] += cpu[level][i];
            }
        }
        String[] names = {"routing", "flips", "both"};
        for (int level = 0; level < names.length; level++) {
            System.out.println(names[level] + ": cpu " + summary(cpu[level]) + "; wall " + summary(wall[level]));
        }
    }

    private static String summary(double[] millis) {
        double[] warm = java.util.Arrays.copyOfRange(millis, millis.length / 5, millis.length);
        java.util.Arrays.sort(warm);
        return String.format(
                Locale.ROOT,
                "median %.1f, p90 %.1f, worst %.1f ms",
                warm[warm.length / 2],
                warm[(int) (warm.length * 0.9)],
                warm[warm.length - 1]);
    }

    /** Laps between the steps that replanning tells. */
    private static final class Clock {
        private final java.lang.management.ThreadMXBean thread =
                java.lang.management.ManagementFactory.getThreadMXBean();
        private final Map<Level, Double> wall = new EnumMap<>(Level.class);
        private final Map<Level, Double> cpu = new EnumMap<>(Level.class);
        private Level level = Level.ROUTING;
        private long wallStart = System.nanoTime();
        private long cpuStart = thread.getCurrentThreadCpuTime();

        void on(ProgressEvent event) {
            if (event instanceof ProgressEvent.StepStarted step) {
                for (Level next : Level.values()) {
                    if (step.description().equals(Replanner.stepName(next))) {
                        stop();
                        level = next;
                    }
                }
            }
        }

        void stop() {
            long now = System.nanoTime();
            long cpuNow = thread.getCurrentThreadCpuTime();
            wall.merge(level, (now - wallStart) / 1e6, Double::sum);
            cpu.merge(level, (cpuNow - cpuStart) / 1e6, Double::sum);
            wallStart = now;
            cpuStart = cpuNow;
        }
    }
}
