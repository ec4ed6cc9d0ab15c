package org.partiflow.partitioning;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.partitioning.metis.CsrGraph;
import org.partiflow.partitioning.metis.MetisGraphReader;

/**
 * Runs strategies on a folder of METIS graphs and prints cuts and times against the best known (best-known.csv), as
 * Markdown. Arguments: folder, strategies by comma, a regular expression of "graph k imbalance", and the seed.
 */
final class ComparisonBenchmark {
    private static final double NANOS = 1e9;

    private ComparisonBenchmark() {}

    /** One line of best-known.csv. */
    record Instance(String graph, int blocks, int percent, long best, String by) {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        String[] names = args[1].split(",");
        long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
        System.out.println("| graph | k | imbalance | best known | strategy | cut | ratio | CPU time |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        List<List<Double>> ratios = new ArrayList<>();
        for (String name : names) {
            ratios.add(new ArrayList<>());
            warm(Strategies.named(Partitioner.class, name));
        }
        CsrGraph graph = null;
        String loaded = "";
        for (Instance instance : instances()) {
            String key = instance.graph() + " " + instance.blocks() + " " + instance.percent();
            Path file = folder.resolve(instance.graph() + ".graph");
            if (!key.matches(args.length > 2 ? args[2] : ".*") || !Files.exists(file)) {
                continue;
            }
            if (graph == null || !loaded.equals(instance.graph())) {
                graph = MetisGraphReader.read(file);
                loaded = instance.graph();
            }
            for (int i = 0; i < names.length; i++) {
                double ratio = run(instance, graph, names[i], seed);
                if (ratio > 0) {
                    ratios.get(i).add(ratio);
                }
            }
        }
        for (int i = 0; i < names.length; i++) {
            summarise(names[i], ratios.get(i));
        }
    }

    /** CPU time of this thread: other work on the machine and the compiler threads do not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void warm(Partitioner partitioner) {
        for (int i = 0; i < 5; i++) {
            partitioner.partition(new PartitionRequest(
                    org.partiflow.testkit.Graphs.random(60, i), 2 + i, 0.1, 0, i, SolveControl.evaluations(20_000)));
        }
    }

    private static double run(Instance instance, CsrGraph graph, String name, long seed) {
        Partitioner partitioner = Strategies.named(Partitioner.class, name);
        PartitionRequest request = new PartitionRequest(
                graph, instance.blocks(), instance.percent() / 100.0, 0, seed, SolveControl.unlimited());
        long begin = cpuNanos();
        ExactPartitioner.Proof proof = partitioner instanceof ExactPartitioner exact
                ? exact.solve(request)
                : new ExactPartitioner.Proof(partitioner.partition(request), false, 0);
        PartitionResult result = proof.result();
        double seconds = (cpuNanos() - begin) / NANOS;
        String outcome = result.getClass().getSimpleName();
        double ratio = 0;
        if (result instanceof PartitionResult.Found found) {
            long cut = PartitionMetrics.of(graph, found.partition()).cut();
            outcome = String.format(Locale.ROOT, "%,d", cut);
            ratio = instance.best() > 0 ? (double) cut / instance.best() : 0;
        }
        outcome += proof.proven() ? " proven, " + proof.nodes() + " nodes" : "";
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d %% | %,d (%s) | %s | %s | %.4f | %.3f s |%n",
                instance.graph(),
                instance.blocks(),
                instance.percent(),
                instance.best(),
                instance.by(),
                name,
                outcome,
                ratio,
                seconds);
        return ratio;
    }

    private static void summarise(String name, List<Double> ratios) {
        double[] sorted = ratios.stream().mapToDouble(r -> r).sorted().toArray();
        if (sorted.length == 0) {
            return;
        }
        double logs = Arrays.stream(sorted).map(Math::log).sum();
        System.out.printf(
                Locale.ROOT,
                "%n%s: %d instances, at or below best known %d, within 2 %% %d, geometric mean %.4f, median %.4f, p90 %.4f,"
                        + " worst %.4f%n",
                name,
                sorted.length,
                Arrays.stream(sorted).filter(r -> r <= 1).count(),
                Arrays.stream(sorted).filter(r -> r <= 1.02).count(),
                Math.exp(logs / sorted.length),
                sorted[sorted.length / 2],
                sorted[(int) Math.min(sorted.length - 1L, Math.round(0.9 * sorted.length))],
                sorted[sorted.length - 1]);
    }

    private static List<Instance> instances() throws IOException {
        try (var in = ComparisonBenchmark.class.getResourceAsStream("/best-known.csv")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(c -> new Instance(
                            c[0], Integer.parseInt(c[1]), Integer.parseInt(c[2]), Long.parseLong(c[3]), c[4]))
                    .toList();
        }
    }
}
