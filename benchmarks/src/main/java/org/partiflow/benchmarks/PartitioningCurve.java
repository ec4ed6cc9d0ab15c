package org.partiflow.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.partiflow.api.check.PartitionChecker;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.ClusterGraph;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.testkit.Clusters;

/**
 * Partitioning time against the number of GPUs on hierarchical input, and the slope of log time against log GPUs.
 *
 * <p>Arguments: {@code gpus strategies blocks family}, the first three comma-separated. The family is {@code mixed} ({@link
 * MixedClusters}, nodes of 2 to 8 GPUs) or {@code regular} (nodes of 8, {@link Clusters#dataCentre}); 4 zones. A number of
 * blocks may be {@code gpus/N}: one block for every N GPUs. System properties: {@code runs} (3), {@code imbalance} (0.1).
 */
public final class PartitioningCurve {
    private static final int RUNS = Integer.getInteger("runs", 3);
    private static final double IMBALANCE = Double.parseDouble(System.getProperty("imbalance", "0.1"));
    private static final int ZONES = 4;
    private static final int NODE = 8;
    private static final long SEED = 1;

    private PartitioningCurve() {}

    /** Prints one line per case, and a slope by strategy and number of blocks. */
    public static void main(String[] arguments) {
        System.out.println("strategy,gpus,nodes,blocks,first_s,median_s,cpu_s,cut,imbalance,peak_heap_mb");
        for (String strategy : arguments[1].split(",", -1)) {
            for (String blocks : arguments[2].split(",", -1)) {
                List<double[]> points = new ArrayList<>();
                for (String gpus : arguments[0].split(",", -1)) {
                    Cluster cluster = cluster(arguments[3], Integer.parseInt(gpus));
                    double seconds = run(strategy, cluster, blocks(blocks, cluster.gpuCount()));
                    points.add(new double[] {Math.log(cluster.gpuCount()), Math.log(seconds)});
                }
                System.out.printf(
                        Locale.ROOT,
                        "%s, %s blocks: slope of log CPU time against log GPUs %.2f%n",
                        strategy,
                        blocks,
                        slope(points));
            }
        }
    }

    private static Cluster cluster(String family, int gpus) {
        return switch (family) {
            case "mixed" -> MixedClusters.of(gpus, ZONES);
            case "regular" -> Clusters.dataCentre(gpus / NODE, ZONES);
            default -> throw new IllegalArgumentException("the family must be mixed or regular, got " + family);
        };
    }

    private static int blocks(String text, int gpus) {
        return text.startsWith("gpus/") ? gpus / Integer.parseInt(text.substring(5)) : Integer.parseInt(text);
    }

    /** Runs one case; returns the least CPU time of the solving thread, which other work on the machine disturbs least. */
    private static double run(String strategy, Cluster cluster, int blocks) {
        Partitioner partitioner = Strategies.named(Partitioner.class, strategy);
        double[] seconds = new double[RUNS];
        double cpu = Double.POSITIVE_INFINITY;
        PartitionResult result = new PartitionResult.NotFound("not run");
        resetPeak();
        PartitionRequest request =
                new PartitionRequest(new ClusterGraph(cluster), blocks, IMBALANCE, 0, SEED, SolveControl.unlimited());
        for (int run = 0; run < RUNS; run++) {
            long cpuStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            result = partitioner.partition(request);
            seconds[run] = (System.nanoTime() - start) * 1e-9;
            cpu = Math.min(cpu, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuStart) * 1e-9);
        }
        double first = seconds[0];
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "%s,%d,%d,%d,%.3f,%.3f,%.3f,%s,%d%n",
                strategy,
                cluster.gpuCount(),
                cluster.nodeCount(),
                blocks,
                first,
                seconds[RUNS / 2],
                cpu,
                quality(request, result),
                peakMegabytes());
        return cpu;
    }

    private static String quality(PartitionRequest request, PartitionResult result) {
        if (!(result instanceof PartitionResult.Found found)) {
            return result.getClass().getSimpleName() + ",";
        }
        Partition partition = found.partition();
        if (!PartitionChecker.violations(request, partition).isEmpty()) {
            throw new IllegalStateException("a partition breaks the limits: "
                    + PartitionChecker.violations(request, partition).get(0));
        }
        PartitionMetrics metrics = PartitionMetrics.of(request.graph(), partition);
        return String.format(Locale.ROOT, "%d,%.4f", metrics.cut(), metrics.imbalance());
    }

    private static void resetPeak() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** Sum of the peaks of the heap's pools: an upper limit of what was in use at a time. */
    private static long peakMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }

    /** Least squares. */
    private static double slope(List<double[]> points) {
        double x = points.stream().mapToDouble(p -> p[0]).average().orElse(0);
        double y = points.stream().mapToDouble(p -> p[1]).average().orElse(0);
        double xx = points.stream().mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
        double xy = points.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum();
        return xx > 0 ? xy / xx : Double.NaN;
    }
}
