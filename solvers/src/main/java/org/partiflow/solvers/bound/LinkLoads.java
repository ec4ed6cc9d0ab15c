package org.partiflow.solvers.bound;

import java.util.List;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.lp.PackingLp;
import org.partiflow.solvers.lp.PackingLpSolution;

/** What the groups of a pattern table do to the link rows, and the linear program of a packing's flow. Immutable. */
final class LinkLoads {
    private static final double[] NONE = {};

    private final PatternTable table;
    private final LinkRows rows;
    /** Per phase and pattern: coefficient of a unit of flow in each row. */
    private final double[][][] coefficients = new double[Phase.values().length][][];
    /** Per phase and pattern: the table's rate, or less where the pattern has no partner inside a border. */
    private final double[][] rates = new double[Phase.values().length][];

    LinkLoads(PatternTable table, LinkRows rows) {
        this.table = table;
        this.rows = rows;
        for (Phase phase : Phase.values()) {
            double[][] ofPhase = new double[table.size()][];
            double[] rate = new double[table.size()];
            for (int pattern = 1; pattern < rate.length; pattern++) {
                rate[pattern] = table.rate(phase, pattern);
                ofPhase[pattern] = NONE;
                if (rows.count() > 0 && rate[pattern] > 0 && phase != Phase.COLOCATED) {
                    ofPhase[pattern] = coefficients(phase, pattern);
                    rate[pattern] = Math.min(rate[pattern], withoutPartner(phase, pattern, ofPhase[pattern]));
                }
            }
            coefficients[phase.ordinal()] = ofPhase;
            rates[phase.ordinal()] = rate;
        }
    }

    /** All that a pattern keeps inside a border must cross it where no GPU inside is left for a partner. */
    private double withoutPartner(Phase phase, int pattern, double[] loads) {
        double most = Double.POSITIVE_INFINITY;
        for (int row = 0; row < loads.length; row++) {
            if (rows.isCounted(row, phase == Phase.PREFILL)
                    && loads[row] > 0
                    && table.takesAll(pattern, rows.nodes(row))) {
                most = Math.min(most, rows.limit(row) / loads[row]);
            }
        }
        return most;
    }

    /** The most that a pattern can carry in a phase. */
    double rate(Phase phase, int pattern) {
        return rates[phase.ordinal()][pattern];
    }

    int rows() {
        return rows.count();
    }

    double limit(int row) {
        return rows.limit(row);
    }

    /** What a unit of a pattern's flow does to each row; empty if it does nothing to any. */
    double[] coefficientsOf(Phase phase, int pattern) {
        return coefficients[phase.ordinal()][pattern];
    }

    /** Worth of every pattern in a phase at these prices: of its whole rate, or of nothing if that is worth more. */
    double[] weights(Phase phase, double price, double[] rowPrices) {
        double[] weights = new double[table.size()];
        for (int pattern = 1; pattern < weights.length; pattern++) {
            double each = price;
            double[] loads = coefficients[phase.ordinal()][pattern];
            for (int row = 0; row < loads.length; row++) {
                each -= rowPrices[row] * loads[row];
            }
            weights[pattern] = Math.max(0, each) * rate(phase, pattern);
        }
        return weights;
    }

    /**
     * The prices at which a set of packings is worth least.
     *
     * @param value of the program, requests per second
     * @param prefillPrice price of a prefilled request, in [0, 1]
     * @param rowPrices prices of the link rows
     */
    @SuppressWarnings("ArrayRecordComponent") // primitive results; callers do not write to them
    record Prices(double value, double prefillPrice, double[] rowPrices) {}

    /** Maximises the flow of a packing under the rates, the balance and the link rows. */
    Prices flow(Packing packing) {
        int groups = packing.size();
        double[] limits = limits(0, NONE);
        PackingLp.Builder lp = PackingLp.builder(limits);
        for (int g = 0; g < groups; g++) {
            Phase phase = packing.phases().get(g);
            double rate = rate(phase, packing.patterns().get(g));
            if (phase != Phase.COLOCATED) {
                double[] loads =
                        coefficients[phase.ordinal()][packing.patterns().get(g)];
                add(lp, 0, 0, phase == Phase.PREFILL ? 1 : 0, phase == Phase.DECODE ? 1 : 0, loads, rate);
            } else {
                lp.addColumn(1, new int[0], new double[0], rate);
            }
        }
        lp.addColumn(1, new int[] {0, 1}, new double[] {1, 1});
        return prices(lp.build().solve(), 0);
    }

    /** Maximises over mixtures of packings with given flows. */
    Prices mixture(List<Flow> packings) {
        PackingLp.Builder lp = PackingLp.builder(limits(1, new double[] {1}));
        for (Flow packing : packings) {
            add(lp, 1, packing.colocated, packing.prefill, packing.decode, packing.loads, Double.POSITIVE_INFINITY);
        }
        lp.addColumn(1, new int[] {1, 2}, new double[] {1, 1});
        return prices(lp.build().solve(), 1);
    }

    /** A packing's flow at some prices, in sum. */
    @SuppressWarnings("ArrayRecordComponent") // primitive results; callers do not write to them
    record Flow(double prefill, double decode, double colocated, double[] loads) {}

    /** Every group at its whole rate, unless it is worth nothing at these prices. */
    Flow at(Packing packing, Relaxation prices) {
        double[] sums = new double[Phase.values().length];
        double[] loads = new double[rows.count()];
        for (int g = 0; g < packing.size(); g++) {
            Phase phase = packing.phases().get(g);
            int pattern = packing.patterns().get(g);
            double rate = prices.weight(phase, pattern) > 0 ? rate(phase, pattern) : 0;
            sums[phase.ordinal()] += rate;
            for (int row = 0; phase != Phase.COLOCATED && row < loads.length; row++) {
                loads[row] += rate * coefficients[phase.ordinal()][pattern][row];
            }
        }
        return new Flow(
                sums[Phase.PREFILL.ordinal()], sums[Phase.DECODE.ordinal()], sums[Phase.COLOCATED.ordinal()], loads);
    }

    private double[] limits(int before, double[] first) {
        double[] limits = new double[before + 2 + rows.count()];
        System.arraycopy(first, 0, limits, 0, before);
        for (int row = 0; row < rows.count(); row++) {
            limits[before + 2 + row] = rows.limit(row);
        }
        return limits;
    }

    /** A column: one of the convexity row if there is one, its supplies, its loads. */
    private void add(
            PackingLp.Builder lp,
            int before,
            double value,
            double prefill,
            double decode,
            double[] loads,
            double upper) {
        int[] index = new int[before + 2 + loads.length];
        double[] entries = new double[index.length];
        for (int i = 0; i < index.length; i++) {
            index[i] = i;
            entries[i] = i < before ? 1 : i == before ? -prefill : i == before + 1 ? -decode : loads[i - before - 2];
        }
        lp.addColumn(value, index, entries, upper);
    }

    private Prices prices(PackingLpSolution solution, int before) {
        double prefill = Math.max(0, solution.rowPrices()[before]);
        double decode = Math.max(0, solution.rowPrices()[before + 1]);
        double sum = prefill + decode > 0 ? prefill + decode : 1;
        double[] rowPrices = new double[rows.count()];
        for (int row = 0; row < rowPrices.length; row++) {
            rowPrices[row] = Math.max(0, solution.rowPrices()[before + 2 + row]) / sum;
        }
        return new Prices(solution.value(), prefill + decode > 0 ? prefill / sum : 0.5, rowPrices);
    }

    private double[] coefficients(Phase phase, int pattern) {
        double[] shares = table.kvShares(phase, pattern);
        double[] loads = new double[rows.count()];
        for (int row = 0; row < loads.length; row++) {
            loads[row] = rows.coefficient(row, phase == Phase.PREFILL, shares);
        }
        return loads;
    }
}
