package org.partiflow.solvers.pattern;

import java.util.Arrays;
import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.lp.PackingLp;
import org.partiflow.solvers.lp.PackingLpSolution;

/**
 * The pattern LP: how often each pattern is used, as a fraction, and how many requests go from zone to zone.
 *
 * <pre>
 * maximise  sum F_zw + sum rate_p x_p (p colocated)
 * per class c  sum gpus_pc x_p &lt;= GPUs of c
 * per zone z   sum_w F_zw &lt;= sum rate_p x_p (p prefill in z),  sum_w F_wz &lt;= sum rate_p x_p (p decode in z)
 * per class c  what its prefill groups keep less what its decode groups keep &lt;= NICs out, and the reverse &lt;= NICs in
 * per z != w   F_zw &lt;= links between the zones
 * </pre>
 *
 * Columns that would never be in an optimal basis are not removed. Not thread-safe.
 */
final class PatternLp {
    private final ClassLinks links;
    private final List<PatternColumns.Column> columns;
    private final double[] limits;
    private final int classes;
    private final int zones;
    private final boolean[] nicMatters;

    /** The program for what {@code stock} has left, beside what it has placed. */
    PatternLp(ClassLinks links, List<PatternColumns.Column> columns, Stock stock) {
        this.links = links;
        this.columns = columns;
        classes = stock.gpusLeft().length;
        zones = stock.prefill().length;
        limits = new double[3 * classes + 2 * zones];
        System.arraycopy(stock.gpusLeft(), 0, limits, 0, classes);
        for (int c = 0; c < classes; c++) {
            limits[classes + c] = Math.max(0, links.classRequests[c] - stock.kvSurplus()[c]);
            limits[2 * classes + c] = Math.max(0, links.classRequests[c] + stock.kvSurplus()[c]);
        }
        System.arraycopy(stock.prefill(), 0, limits, 3 * classes, zones);
        System.arraycopy(stock.decode(), 0, limits, 3 * classes + zones, zones);
        nicMatters = nicMatters();
    }

    /** The columns' multiplicities and the bound that the prices prove. */
    @SuppressWarnings("ArrayRecordComponent") // primitive results; callers do not write to them
    record Solution(double bound, double[] multiplicity, double[] rowPrices) {}

    Solution solve() {
        return solve(1, new double[classes]);
    }

    /** Maximises what requests are worth, less what the GPUs cost; the bound is on that difference. */
    Solution solve(double perRequestRate, double[] perGpu) {
        PackingLp.Builder builder = PackingLp.builder(limits);
        for (int z = 0; z < zones; z++) {
            for (int w = 0; w < zones; w++) {
                double most = z == w ? mostFlow() : Math.min(mostFlow(), links.zoneRequests[z][w]);
                builder.addColumn(perRequestRate, new int[] {prefillRow(z), decodeRow(w)}, new double[] {1, 1}, most);
            }
        }
        columns.forEach(column -> add(builder, column, perRequestRate, perGpu));
        PackingLp lp = builder.build();
        PackingLpSolution solution = lp.solve();
        double[] x = new double[columns.size()];
        System.arraycopy(solution.x(), zones * zones, x, 0, x.length);
        return new Solution(PriceBound.of(lp, solution.rowPrices()), x, solution.rowPrices());
    }

    private void add(PackingLp.Builder builder, PatternColumns.Column column, double perRequestRate, double[] perGpu) {
        double cost = 0;
        int k = column.classes().length;
        int[] rows = new int[3 * k + 1];
        double[] coefficients = new double[rows.length];
        int size = 0;
        for (int i = 0; i < k; i++) {
            int c = column.classes()[i];
            rows[size] = c;
            coefficients[size++] = column.gpus()[i];
            cost += perGpu[c] * column.gpus()[i];
            if (nicMatters[c] && column.kvRequests()[i] > 0) {
                double sent = column.phase() == Phase.PREFILL ? column.kvRequests()[i] : -column.kvRequests()[i];
                rows[size] = classes + c;
                coefficients[size++] = sent;
                rows[size] = 2 * classes + c;
                coefficients[size++] = -sent;
            }
        }
        if (column.phase() != Phase.COLOCATED) {
            rows[size] = column.phase() == Phase.PREFILL ? prefillRow(column.zone()) : decodeRow(column.zone());
            coefficients[size++] = -column.rate();
        }
        builder.addColumn(
                (column.phase() == Phase.COLOCATED ? perRequestRate * column.rate() : 0) - cost,
                Arrays.copyOf(rows, size),
                Arrays.copyOf(coefficients, size));
    }

    private boolean[] nicMatters() {
        double[] most = new double[classes];
        for (PatternColumns.Column column : columns) {
            for (int i = 0; i < column.classes().length; i++) {
                int c = column.classes()[i];
                most[c] = Math.max(most[c], column.kvRequests()[i] / column.gpus()[i]);
            }
        }
        boolean[] matters = new boolean[classes];
        for (int c = 0; c < classes; c++) {
            matters[c] = most[c] * limits[c] > Math.min(limits[classes + c], limits[2 * classes + c]);
        }
        return matters;
    }

    /** More than any flow: finite, so that rounding in the prices costs little. */
    private double mostFlow() {
        double perGpu = 0;
        for (PatternColumns.Column column : columns) {
            perGpu = Math.max(
                    perGpu, column.rate() / Arrays.stream(column.gpus()).sum());
        }
        double gpus = Arrays.stream(limits, 0, classes).sum();
        return perGpu * gpus + Arrays.stream(limits, 3 * classes, limits.length).sum();
    }

    private int prefillRow(int zone) {
        return 3 * classes + zone;
    }

    private int decodeRow(int zone) {
        return 3 * classes + zones + zone;
    }
}
