package org.partiflow.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * HexGen-2's ablation of its refinement: guided moves against random moves, against HexGen's genetic algorithm and against
 * no refinement, all from the same partitions and with the same number of evaluations, over several seeds. An evaluation is
 * a flow that was solved; guided and random refinement differ in nothing but the order of the moves and what rules one out
 * before its flow ({@code docs/algorithms/guided-refinement.md}).
 *
 * <p>Arguments: {@code seeds evaluations models workloads cluster-file...}, models and workloads comma-separated. Prints a
 * Markdown table with, for every case, the median over the seeds (10th to 90th percentile) of each variant, and the median
 * evaluations to 99 % of the best value that any run found; then, at several numbers of evaluations, the geometric mean over
 * the cases of the ratio of medians, and in how many pairs of equal case and seed guided moves were better and worse.
 */
public final class RefinementComparison {
    private static final double NEARLY_BEST = 0.99;
    private static final double SAME = 1e-6;

    /** Runs of each variant, by seed. */
    private record Outcome(List<List<RefinementRun>> runs) {
        static Outcome of(Cases.Case problem, int seeds, long evaluations) {
            return new Outcome(Arrays.stream(RefinementRun.Variant.values())
                    .map(variant -> IntStream.rangeClosed(1, seeds)
                            .mapToObj(seed -> variant.run(problem, seed, evaluations))
                            .toList())
                    .toList());
        }

        double[] sorted(int variant, ToDoubleFunction<RefinementRun> figure) {
            return runs.get(variant).stream().mapToDouble(figure).sorted().toArray();
        }

        double best() {
            return runs.stream()
                    .flatMap(List::stream)
                    .flatMap(run -> run.steps().stream())
                    .mapToDouble(step -> step.requestsPerSecond())
                    .max()
                    .orElse(0);
        }
    }

    private RefinementComparison() {}

    /** Prints the tables. */
    public static void main(String[] arguments) {
        int seeds = Integer.parseInt(arguments[0]);
        long evaluations = Long.parseLong(arguments[1]);
        RefinementRun.Variant[] variants = RefinementRun.Variant.values();
        StringBuilder header = new StringBuilder("| case |");
        StringBuilder rule = new StringBuilder("|---|");
        for (RefinementRun.Variant variant : variants) {
            header.append(' ').append(variant.name().toLowerCase(Locale.ROOT)).append(" | to 99 % |");
            rule.append("---:|---:|");
        }
        System.out.println(header);
        System.out.println(rule);
        List<Outcome> outcomes = new ArrayList<>();
        for (Cases.Case each : Cases.of(arguments, 2).all()) {
            Outcome outcome = Outcome.of(each, seeds, evaluations);
            System.out.println("| " + each.name() + " |" + line(outcome));
            outcomes.add(outcome);
        }
        System.out.println();
        for (long limit : List.of(100L, 300L, 1_000L, evaluations)) {
            if (limit <= evaluations) {
                compare(outcomes, limit);
            }
        }
    }

    private static String line(Outcome outcome) {
        StringBuilder line = new StringBuilder();
        double target = NEARLY_BEST * outcome.best();
        for (int variant = 0; variant < outcome.runs().size(); variant++) {
            double[] values = outcome.sorted(variant, RefinementRun::value);
            double[] reached = outcome.sorted(variant, run -> run.evaluationsTo(target));
            line.append(String.format(
                    Locale.ROOT,
                    " %.2f (%.2f-%.2f) | %s |",
                    quantile(values, 0.5),
                    quantile(values, 0.1),
                    quantile(values, 0.9),
                    Double.isFinite(quantile(reached, 0.5))
                            ? String.format(Locale.ROOT, "%.0f", quantile(reached, 0.5))
                            : "-"));
        }
        return line.toString();
    }

    /** Guided moves against each other variant after so many evaluations. */
    private static void compare(List<Outcome> outcomes, long evaluations) {
        for (int other = 1; other < RefinementRun.Variant.values().length; other++) {
            double logarithms = 0;
            int better = 0;
            int worse = 0;
            int pairs = 0;
            List<Double> ratios = new ArrayList<>();
            for (Outcome outcome : outcomes) {
                double ratio = quantile(outcome.sorted(0, run -> run.valueAt(evaluations)), 0.5)
                        / quantile(outcome.sorted(other, run -> run.valueAt(evaluations)), 0.5);
                ratios.add(ratio);
                logarithms += Math.log(ratio);
                for (int seed = 0; seed < outcome.runs().get(0).size(); seed++) {
                    double guided = outcome.runs().get(0).get(seed).valueAt(evaluations);
                    double opponent = outcome.runs().get(other).get(seed).valueAt(evaluations);
                    better += guided > opponent * (1 + SAME) ? 1 : 0;
                    worse += opponent > guided * (1 + SAME) ? 1 : 0;
                    pairs++;
                }
            }
            double[] sorted =
                    ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "after %d evaluations guided / %s: geometric mean %.3f, least %.3f, greatest %.3f; better in %d, worse in %d "
                            + "of %d pairs%n",
                    evaluations,
                    RefinementRun.Variant.values()[other].name().toLowerCase(Locale.ROOT),
                    Math.exp(logarithms / outcomes.size()),
                    sorted[0],
                    sorted[sorted.length - 1],
                    better,
                    worse,
                    pairs);
        }
    }

    /** Of ascending values, the one at a share of the way; the upper one where it falls between two. */
    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
