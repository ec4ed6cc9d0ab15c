package org.partiflow.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.control.SolveControl;

/**
 * What {@code partiflow} gains over every baseline, as a Markdown table of requests per second with the geometric mean of
 * the ratios.
 *
 * <p>Arguments: {@code planners models workloads cluster-file...}, the first three comma-separated. A planner may be followed
 * by a partitioner and a refinement: {@code hexgen2/greedy/none}. With {@code -Dreplay=3} plans of {@code partiflow} are
 * chosen by replay, as on the command line. Exits with an exception if {@code partiflow} is below a baseline anywhere.
 */
public final class BaselineComparison {
    private static final double SAME = 1e-6;

    private BaselineComparison() {}

    private static PlanningOptions own() {
        return PlanningOptions.DEFAULT.withReplayTop(Integer.getInteger("replay", 0));
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        List<String> baselines = List.of(arguments[0].split(",", -1));
        System.out.println("| case | partiflow | " + String.join(" | ", baselines) + " |");
        System.out.println("|---|" + "---:|".repeat(1 + baselines.size()));
        double[] logarithms = new double[baselines.size()];
        int[] served = new int[baselines.size()];
        List<String> defeats = new ArrayList<>();
        for (Cases.Case each : Cases.of(arguments, 1).all()) {
            double own = each.value("partiflow", own(), SolveControl.unlimited());
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "| %s | %.3f |", each.name(), own));
            for (int b = 0; b < baselines.size(); b++) {
                double other = each.value(baselines.get(b), PlanningOptions.DEFAULT, SolveControl.unlimited());
                line.append(String.format(Locale.ROOT, " %.3f |", other));
                if (other > 0) {
                    logarithms[b] += Math.log(own / other);
                    served[b]++;
                }
                if (own < other * (1 - SAME)) {
                    defeats.add(each.name() + ": " + baselines.get(b)
                            + String.format(Locale.ROOT, " +%.2f %%", 100 * (other / own - 1)));
                }
            }
            System.out.println(line);
        }
        StringBuilder mean = new StringBuilder("| geometric mean of partiflow / baseline | |");
        for (int b = 0; b < baselines.size(); b++) {
            mean.append(String.format(Locale.ROOT, " %.2f |", Math.exp(logarithms[b] / served[b])));
        }
        System.out.println(mean);
        if (!defeats.isEmpty()) {
            throw new IllegalStateException("partiflow is below a baseline: " + defeats);
        }
    }
}
