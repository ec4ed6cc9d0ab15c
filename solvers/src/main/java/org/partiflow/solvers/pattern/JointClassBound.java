package org.partiflow.solvers.pattern;

import java.util.Arrays;
import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.lp.PackingLp;
import org.partiflow.solvers.lp.PackingLpSolution;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * The linear program over patterns of node classes for several models that share a cluster: the pattern LP of {@link
 * ClassBound} once per model, with the GPUs and the NICs of every class shared, and the served share s of the required rates r
 * maximised:
 *
 * <pre>
 * maximise  s
 * per model m  s &lt;= (sum F_mzw + sum rate_p x_mp (p colocated)) / r_m
 * per class c  sum over m of gpus_pc x_mp &lt;= GPUs of c
 * per m, zone  as in the pattern LP
 * per class c  sum over m of what prefill groups keep less what decode groups keep, over the NICs &lt;= 1, and the reverse
 * </pre>
 *
 * <p><b>Covers</b> joint plans whose every part is covered by that model's {@link ClassBound}: each part is a feasible point of
 * its block, the parts use different GPUs, and the caches of all of them leave and enter the nodes through the same NICs. A
 * link between zones limits each model alone, which is looser. The bound is computed from the prices ({@link PriceBound}).
 */
public final class JointClassBound {
    private final List<PatternProgram> programs;
    private final double[] required;
    private final int classes;
    private final int zones;
    private final double[] mostFlow;

    /**
     * The program of these models.
     *
     * @param bounds one per model, all on one cluster
     * @param required required rate of each, requests per second
     * @param groups groups of each model that the program shall cover besides; may be empty lists
     */
    public JointClassBound(List<ClassBound> bounds, double[] required, List<List<GpuSet>> groups) {
        programs = java.util.stream.IntStream.range(0, bounds.size())
                .mapToObj(m -> bounds.get(m).program(groups.get(m)))
                .toList();
        this.required = required.clone();
        ClassNodes nodes = programs.get(0).space().nodes();
        classes = nodes.count();
        zones = nodes.zones.size();
        mostFlow = new double[required.length];
        for (int m = 0; m < required.length; m++) {
            for (PatternColumns.Column column : programs.get(m).columns()) {
                double perGpu = column.rate() / Arrays.stream(column.gpus()).sum();
                mostFlow[m] = Math.max(mostFlow[m], perGpu * nodes.cluster.gpuCount());
            }
        }
    }

    /**
     * What the program comes to.
     *
     * @param share no covered joint plan serves a greater share of all required rates
     * @param gpus GPUs of each class that each model uses in the optimum, by model and class
     */
    @SuppressWarnings("ArrayRecordComponent") // primitive results; callers do not write to them
    public record Solution(double share, double[][] gpus) {}

    /** Names of the covered spaces. */
    public String covers() {
        return programs.stream()
                .map(program -> program.space().covers())
                .distinct()
                .reduce((a, b) -> a + "; " + b)
                .orElse("");
    }

    /** Solves the program. O(simplex over the patterns of all models). */
    public Solution solve() {
        ClassNodes nodes = programs.get(0).space().nodes();
        double[] limits = new double[3 * classes + required.length * (2 * zones + 1)];
        for (int c = 0; c < classes; c++) {
            limits[c] = nodes.gpus(c);
            limits[classes + c] = 1;
            limits[2 * classes + c] = 1;
        }
        PackingLp.Builder builder = PackingLp.builder(limits);
        int[] served = new int[required.length];
        double[] ones = new double[required.length];
        double most = Double.POSITIVE_INFINITY;
        for (int m = 0; m < served.length; m++) {
            served[m] = row(m, 2 * zones);
            ones[m] = 1;
            most = Math.min(most, mostFlow[m] / required[m]);
        }
        builder.addColumn(1, served, ones, most);
        int[] first = new int[required.length];
        int columns = 1;
        for (int m = 0; m < required.length; m++) {
            addFlows(builder, m);
            columns += zones * zones;
            first[m] = columns;
            for (PatternColumns.Column column : programs.get(m).columns()) {
                add(builder, m, column);
                columns++;
            }
        }
        PackingLp lp = builder.build();
        PackingLpSolution solution = lp.solve();
        return new Solution(PriceBound.of(lp, solution.rowPrices()), gpus(solution.x(), first));
    }

    private double[][] gpus(double[] x, int[] first) {
        double[][] gpus = new double[required.length][classes];
        for (int m = 0; m < gpus.length; m++) {
            List<PatternColumns.Column> columns = programs.get(m).columns();
            for (int j = 0; j < columns.size(); j++) {
                PatternColumns.Column column = columns.get(j);
                for (int i = 0; i < column.classes().length; i++) {
                    gpus[m][column.classes()[i]] += x[first[m] + j] * column.gpus()[i];
                }
            }
        }
        return gpus;
    }

    private void addFlows(PackingLp.Builder builder, int m) {
        double[][] crossing = programs.get(m).links().zoneRequests;
        for (int z = 0; z < zones; z++) {
            for (int w = 0; w < zones; w++) {
                builder.addColumn(
                        0,
                        new int[] {row(m, z), row(m, zones + w), row(m, 2 * zones)},
                        new double[] {1, 1, -1 / required[m]},
                        z == w ? mostFlow[m] : Math.min(mostFlow[m], crossing[z][w]));
            }
        }
    }

    private void add(PackingLp.Builder builder, int m, PatternColumns.Column column) {
        int k = column.classes().length;
        int[] rows = new int[3 * k + 1];
        double[] coefficients = new double[rows.length];
        int size = 0;
        for (int i = 0; i < k; i++) {
            int c = column.classes()[i];
            rows[size] = c;
            coefficients[size++] = column.gpus()[i];
            double nics = programs.get(m).links().classRequests[c];
            if (column.kvRequests()[i] > 0 && nics > 0) {
                double sent = column.kvRequests()[i] / nics * (column.phase() == Phase.PREFILL ? 1 : -1);
                rows[size] = classes + c;
                coefficients[size++] = sent;
                rows[size] = 2 * classes + c;
                coefficients[size++] = -sent;
            }
        }
        boolean both = column.phase() == Phase.COLOCATED;
        int place = column.phase() == Phase.PREFILL ? column.zone() : zones + column.zone();
        rows[size] = row(m, both ? 2 * zones : place);
        coefficients[size++] = both ? -column.rate() / required[m] : -column.rate();
        builder.addColumn(0, Arrays.copyOf(rows, size), Arrays.copyOf(coefficients, size));
    }

    private int row(int model, int place) {
        return 3 * classes + model * (2 * zones + 1) + place;
    }
}
