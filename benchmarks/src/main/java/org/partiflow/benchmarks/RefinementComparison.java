package org.partiflow.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.partiflow.api.Objective;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.api.control.SolveControl;

/**
 * HexGen-2's ablation of its refinement: guided moves against random moves, against its genetic algorithm and against no
 * refinement, all from the same partitions and with the same number of evaluations, over several seeds.
 *
 * <p>Arguments: {@code seeds evaluations models workloads cluster-file...}, models and workloads comma-separated. Prints a
 * Markdown table: for every case the median over the seeds (least to greatest) of each variant, and the ratio of the
 * guided median to the others; then geometric means and the range of the ratios.
 */
public final class RefinementComparison {
    private static final List<Variant> VARIANTS = List.of(
            new Variant("guided", "hexgen2", Refinement.GUIDED),
            new Variant("random", "hexgen2", Refinement.RANDOM),
            new Variant("genetic", "hexgen2-ga", Refinement.NONE),
            new Variant("none", "hexgen2", Refinement.NONE));

    private record Variant(String name, String planner, Refinement refinement) {
        /** Values over the seeds, ascending. */
        double[] values(Cases.Case problem, int seeds, long evaluations) {
            double[] values = new double[seeds];
            for (int seed = 0; seed < seeds; seed++) {
                PlanningOptions options = new PlanningOptions(
                        "spectral-kl", "push-relabel", refinement, Objective.THROUGHPUT, 0, 1 + seed);
                values[seed] = problem.value(planner, options, SolveControl.evaluations(evaluations));
            }
            Arrays.sort(values);
            return values;
        }
    }

    private RefinementComparison() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        int seeds = Integer.parseInt(arguments[0]);
        long evaluations = Long.parseLong(arguments[1]);
        System.out.println("| case | guided | random | genetic | none | /random | /genetic | /none |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
        List<double[]> ratios = new ArrayList<>();
        for (Cases.Case each : Cases.of(arguments, 2).all()) {
            List<double[]> values = VARIANTS.stream()
                    .map(variant -> variant.values(each, seeds, evaluations))
                    .toList();
            double guided = median(values.get(0));
            double[] ratio =
                    values.stream().skip(1).mapToDouble(v -> guided / median(v)).toArray();
            StringBuilder line = new StringBuilder("| " + each.name() + " |");
            values.forEach(v ->
                    line.append(String.format(Locale.ROOT, " %.2f (%.2f-%.2f) |", median(v), v[0], v[v.length - 1])));
            Arrays.stream(ratio).forEach(r -> line.append(String.format(Locale.ROOT, " %.3f |", r)));
            System.out.println(line);
            ratios.add(ratio);
        }
        for (int other = 0; other < VARIANTS.size() - 1; other++) {
            int column = other;
            double[] sorted = ratios.stream()
                    .mapToDouble(ratio -> ratio[column])
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            double logarithms = Arrays.stream(sorted).map(Math::log).sum();
            System.out.printf(
                    Locale.ROOT,
                    "%nguided / %s: geometric mean %.3f, least %.3f, median %.3f, greatest %.3f, below 1 in %d of %d cases%n",
                    VARIANTS.get(other + 1).name(),
                    Math.exp(logarithms / sorted.length),
                    sorted[0],
                    median(sorted),
                    sorted[sorted.length - 1],
                    Arrays.stream(sorted).filter(ratio -> ratio < 1 - 1e-9).count(),
                    sorted.length);
        }
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
