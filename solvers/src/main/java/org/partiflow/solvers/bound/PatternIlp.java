package org.partiflow.solvers.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.lp.IntegerSolver;
import org.partiflow.solvers.lp.PackingLp;

/**
 * The integer program over patterns: which patterns are used, in which phase, and what each carries.
 *
 * <pre>
 * maximise    R + sum of f over colocated
 * such that   R &lt;= sum of f over prefill,  R &lt;= sum of f over decode,  f_j &lt;= rate_j x_j,
 *             GPUs of each node used at most once,  link rows ({@link LinkRows}),  x binary, one for each copy
 * </pre>
 *
 * Its value bounds every plan that {@link PatternBound} bounds, and it is attained by a packing. What the program does not
 * see (a route's own capacity, caches on their way, ports) can make that packing worth less in truth; {@link #exclude} then
 * rules out exactly that set of groups, and the next answer bounds all that are left. Not thread-safe.
 */
public final class PatternIlp {
    private static final double HALF = 0.5;
    /** How far a backend may be off, relative. */
    private static final double TOLERANCE = 1e-6;

    private final PatternBound bound;
    private final PatternTable table;
    private final LinkLoads loads;
    private final List<Column> columns = new ArrayList<>();
    private final List<boolean[]> excluded = new ArrayList<>();
    private final Set<List<Integer>> excludedKeys = new HashSet<>();
    private boolean[] last = {};

    private record Column(int pattern, Phase phase, int copy) {}

    /**
     * What the program ends with.
     *
     * @param requestsPerSecond no plan that is not excluded is better
     * @param groups a packing that attains it in the program
     */
    public record Answer(double requestsPerSecond, List<UpperBound.Suggestion> groups) {}

    /**
     * The program of a problem.
     *
     * @param bound of the same problem and table; used to leave out what cannot be in a better plan
     * @param incumbent throughput of a known plan, requests per second
     */
    public PatternIlp(PlanningProblem problem, PatternTable table, PatternBound bound, double incumbent) {
        this.bound = bound;
        this.table = table;
        loads = new LinkLoads(table, new LinkRows(problem, bound.relaxed().requestsPerSecond()));
        for (int pattern = 1; pattern < table.size(); pattern++) {
            for (Phase phase : Phase.values()) {
                if (table.rate(phase, pattern) > 0 && bound.mayImprove(incumbent, phase, pattern)) {
                    for (int copy = 0; copy < table.copies(pattern); copy++) {
                        columns.add(new Column(pattern, phase, copy));
                    }
                }
            }
        }
    }

    /** Number of binary variables. */
    public int size() {
        return columns.size();
    }

    /**
     * Solves the program without what was excluded.
     *
     * @return empty if the backend reaches no optimum, or if its answer is not a packing of the stated value
     */
    public Optional<Answer> best(IntegerSolver solver) {
        PackingLp program = program();
        boolean[] integer = new boolean[program.columns()];
        for (int j = 0; j < columns.size(); j++) {
            integer[1 + 2 * j] = true;
        }
        Optional<double[]> solution = solver.maximise(program, integer);
        return solution.flatMap(x -> answer(program, x));
    }

    private Optional<Answer> answer(PackingLp program, double[] x) {
        double value = 0;
        for (int j = 0; j < x.length; j++) {
            value += program.value(j) * x[j];
        }
        boolean[] used = new boolean[columns.size()];
        for (int j = 0; j < used.length; j++) {
            used[j] = x[1 + 2 * j] > HALF;
        }
        last = used;
        Packing packing = packing(used);
        if (excludedKeys.contains(packing.key()) || !packing.fits(table)) {
            return Optional.empty();
        }
        double flow = loads.flow(packing).value();
        return Math.abs(flow - value) > TOLERANCE * Math.max(value, flow)
                ? Optional.empty()
                : Optional.of(new Answer(value, packing.groups(table)));
    }

    private Packing packing(boolean[] used) {
        List<Integer> patterns = new ArrayList<>();
        List<Phase> phases = new ArrayList<>();
        for (int j = 0; j < used.length; j++) {
            if (used[j]) {
                patterns.add(columns.get(j).pattern());
                phases.add(columns.get(j).phase());
            }
        }
        return new Packing(patterns, phases);
    }

    /** Rules out exactly the groups of the last answer. */
    public void exclude() {
        excluded.add(last);
        excludedKeys.add(packing(last).key());
    }

    /** A search without a backend for what was not ruled out. */
    public PackingSearch remaining() {
        return bound.search(new HashSet<>(excludedKeys));
    }

    /** Rows: balance, nodes, links, one per column for its rate, order of copies, exclusions. Columns: R, then x and f. */
    private PackingLp program() {
        int nodeRow = 2;
        int linkRow = nodeRow + table.nodes();
        int rateRow = linkRow + loads.rows();
        int orderRow = rateRow + columns.size();
        int excludedRow = orderRow + columns.size();
        double[] limits = new double[excludedRow + excluded.size()];
        for (int n = 0; n < table.nodes(); n++) {
            limits[nodeRow + n] = table.radix(n) - 1;
        }
        for (int row = 0; row < loads.rows(); row++) {
            limits[linkRow + row] = loads.limit(row);
        }
        for (int e = 0; e < excluded.size(); e++) {
            int size = 0;
            for (boolean used : excluded.get(e)) {
                size += used ? 1 : 0;
            }
            limits[excludedRow + e] = Math.max(0, size - 1);
        }
        PackingLp.Builder lp = PackingLp.builder(limits);
        lp.addColumn(1, new int[] {0, 1}, new double[] {1, 1});
        for (int j = 0; j < columns.size(); j++) {
            addUse(lp, j, nodeRow, rateRow, orderRow, excludedRow);
            addFlow(lp, j, linkRow, rateRow);
        }
        return lp.build();
    }

    private void addUse(PackingLp.Builder lp, int j, int nodeRow, int rateRow, int orderRow, int excludedRow) {
        Column column = columns.get(j);
        Entries entries = new Entries(table.nodes() + 3 + excluded.size());
        int rest = column.pattern();
        for (int n = 0; n < table.nodes(); n++) {
            entries.add(nodeRow + n, rest % table.radix(n));
            rest /= table.radix(n);
        }
        entries.add(rateRow + j, -loads.rate(column.phase(), column.pattern()));
        // Copies are used in their order: x of a copy is at most x of the one before.
        if (column.copy() > 0) {
            entries.add(orderRow + j, 1);
        }
        if (column.copy() + 1 < table.copies(column.pattern())) {
            entries.add(orderRow + j + 1, -1);
        }
        for (int e = 0; e < excluded.size(); e++) {
            entries.add(excludedRow + e, excluded.get(e)[j] ? 1 : -1);
        }
        lp.addColumn(0, entries.rows(), entries.values(), 1);
    }

    private void addFlow(PackingLp.Builder lp, int j, int linkRow, int rateRow) {
        Column column = columns.get(j);
        double[] loaded = loads.coefficientsOf(column.phase(), column.pattern());
        Entries entries = new Entries(2 + loaded.length);
        entries.add(rateRow + j, 1);
        if (column.phase() != Phase.COLOCATED) {
            entries.add(column.phase() == Phase.PREFILL ? 0 : 1, -1);
        }
        for (int row = 0; row < loaded.length; row++) {
            entries.add(linkRow + row, loaded[row]);
        }
        double rate = loads.rate(column.phase(), column.pattern());
        lp.addColumn(column.phase() == Phase.COLOCATED ? 1 : 0, entries.rows(), entries.values(), rate);
    }

    /** Coefficients of a column; zeros are left out. */
    private static final class Entries {
        private final int[] rows;
        private final double[] values;
        private int size;

        Entries(int most) {
            rows = new int[most];
            values = new double[most];
        }

        void add(int row, double value) {
            if (value != 0) {
                rows[size] = row;
                values[size++] = value;
            }
        }

        int[] rows() {
            return Arrays.copyOf(rows, size);
        }

        double[] values() {
            return Arrays.copyOf(values, size);
        }
    }
}
