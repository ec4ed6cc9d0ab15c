package org.partiflow.solvers.lp;

import java.util.Arrays;

/**
 * The simplex engine on scaled numbers. Variable i below {@code rows} is the slack of row i; variable rows + j is column j.
 *
 * <p>Phases of a pivot: {@link #price} picks the entering variable by Devex weights (Harris 1973; by the lowest index after a
 * run of degenerate pivots, Bland's rule), {@link #transform} expresses its column in the basis, {@link #ratioTest}
 * finds what blocks it (Harris's two passes: within the feasibility slack, take the largest pivot), and {@link #pivot}
 * updates the inverse, the basic values and the prices. After {@link #REFACTOR_INTERVAL} pivots, and at the end when the
 * residual asks for it, the inverse is made anew. Not thread-safe.
 */
final class BoundedSimplex {
    private static final int REFACTOR_INTERVAL = 500;
    private static final double REDUCED_RELATIVE = 1e-10;
    private static final double REDUCED_ABSOLUTE = 1e-13;
    private static final double FEASIBILITY = 1e-10;
    private static final double PIVOT = 1e-9;
    private static final double DEGENERATE_STEP = 1e-12;
    private static final double RESIDUAL = 1e-11;
    private static final double NOISE = 1e-14;
    private static final double WEIGHT_LIMIT = 1e9;

    private final int rows;
    private final double[] limit;
    private final BasisInverse inverse;
    private final LpColumns columns = new LpColumns();
    private final int[] basic;
    private final double[] basicValue;
    private final double[] price;
    private final double[] direction;
    private final double[] scratch;
    private int[] position;
    private double[] weight;
    private boolean[] atUpper = new boolean[16];
    private boolean loaded;
    private boolean moved;
    private int sinceFactor;
    private int pivots;
    private int degenerate;

    private int leavingRow;
    private boolean leavesAtUpper;

    BoundedSimplex(int rows) {
        this.rows = rows;
        limit = new double[rows];
        inverse = new BasisInverse(rows);
        basic = new int[rows];
        basicValue = new double[rows];
        price = new double[rows];
        direction = new double[rows];
        scratch = new double[rows];
        position = new int[rows + 16];
        weight = new double[rows + 16];
    }

    boolean loaded() {
        return loaded;
    }

    boolean atOrigin() {
        return !moved;
    }

    /** Empties it: slack basis, no columns. */
    void reset() {
        columns.clear();
        inverse.reset();
        Arrays.fill(price, 0);
        for (int i = 0; i < rows; i++) {
            basic[i] = i;
            position[i] = i;
            weight[i] = 1;
        }
        loaded = true;
    }

    void setLimit(int i, double value) {
        limit[i] = value;
        basicValue[i] = value;
    }

    void beginColumn(double columnCost, double columnUpper) {
        int column = columns.count();
        columns.begin(columnCost, columnUpper);
        if (columns.room() > atUpper.length) {
            atUpper = Arrays.copyOf(atUpper, columns.room());
            position = Arrays.copyOf(position, rows + columns.room());
            weight = Arrays.copyOf(weight, rows + columns.room());
        }
        atUpper[column] = false;
        position[rows + column] = -1;
        weight[rows + column] = 1;
    }

    void coefficient(int i, double value) {
        columns.add(i, value);
    }

    double value(int column) {
        int at = position[rows + column];
        if (at < 0) {
            return atUpper[column] ? columns.upper(column) : 0;
        }
        return Math.max(0, basicValue[at]);
    }

    double rowPrice(int i) {
        return Math.max(0, price[i]);
    }

    boolean isAtUpper(int column) {
        return position[rows + column] < 0 && atUpper[column];
    }

    int takePivots() {
        int taken = pivots;
        pivots = 0;
        return taken;
    }

    LpStatus maximise() {
        int most = 1000 + 50 * (rows + columns.count());
        for (int step = 0; step < most; step++) {
            if (sinceFactor >= REFACTOR_INTERVAL) {
                refactor();
            }
            int entering = price(degenerate > 20 + 2 * rows);
            if (entering < 0) {
                if (sinceFactor > 0 && residual() > RESIDUAL) {
                    refactor();
                    continue;
                }
                dropNoise();
                return LpStatus.OPTIMAL;
            }
            transform(entering);
            double sign = entering >= rows && atUpper[entering - rows] ? -1 : 1;
            double length = ratioTest(sign, upperOf(entering), degenerate > 20 + 2 * rows);
            if (Double.isInfinite(length)) {
                if (sinceFactor > 0) {
                    refactor();
                    continue;
                }
                return LpStatus.UNBOUNDED;
            }
            double gain = reduced(entering);
            degenerate = length * Math.abs(gain) <= DEGENERATE_STEP ? degenerate + 1 : 0;
            pivots++;
            moved = true;
            move(entering, sign, length);
            if (leavingRow >= 0) {
                pivot(entering, sign, length, gain);
            }
        }
        return LpStatus.ITERATION_LIMIT;
    }

    /** The entering variable, or -1 at the optimum. */
    private int price(boolean lowestIndex) {
        int best = -1;
        double bestMerit = 0;
        for (int i = 0; i < rows; i++) {
            double gain = -price[i];
            if (position[i] < 0 && gain > REDUCED_ABSOLUTE && gain * gain > bestMerit * weight[i]) {
                best = i;
                bestMerit = gain * gain / weight[i];
                if (lowestIndex) {
                    return best;
                }
            }
        }
        for (int j = 0; j < columns.count(); j++) {
            if (position[rows + j] >= 0) {
                continue;
            }
            double gain = columns.cost(j);
            double size = Math.abs(gain);
            for (int k = columns.start(j); k < columns.start(j + 1); k++) {
                double term = columns.coefficient(k) * price[columns.row(k)];
                gain -= term;
                size += Math.abs(term);
            }
            gain = atUpper[j] ? -gain : gain;
            if (gain > REDUCED_ABSOLUTE
                    && gain > REDUCED_RELATIVE * size
                    && gain * gain > bestMerit * weight[rows + j]
                    && columns.upper(j) > 0) {
                best = rows + j;
                bestMerit = gain * gain / weight[rows + j];
                if (lowestIndex) {
                    return best;
                }
            }
        }
        return best;
    }

    private double reduced(int variable) {
        if (variable < rows) {
            return -price[variable];
        }
        int j = variable - rows;
        return columns.cost(j) - columns.dot(j, price, 0);
    }

    private double upperOf(int variable) {
        return variable < rows ? Double.POSITIVE_INFINITY : columns.upper(variable - rows);
    }

    /** direction = inverse times the entering column. */
    private void transform(int entering) {
        for (int i = 0; i < rows; i++) {
            direction[i] = entering < rows ? inverse.at(i, entering) : inverse.dot(i, columns, entering - rows);
        }
    }

    /** How far the entering variable moves; sets leavingRow, -1 when its own bound stops it. */
    private double ratioTest(double sign, double own, boolean lowestIndex) {
        double slack = lowestIndex ? 0 : FEASIBILITY;
        double relaxed = Double.POSITIVE_INFINITY;
        for (int i = 0; i < rows; i++) {
            relaxed = Math.min(relaxed, ratio(i, sign, slack));
        }
        leavingRow = -1;
        if (own <= relaxed) {
            return own;
        }
        double bestPivot = 0;
        for (int i = 0; i < rows; i++) {
            double size = Math.abs(direction[i]);
            if (ratio(i, sign, 0) <= relaxed && size > PIVOT) {
                boolean better = lowestIndex
                        ? leavingRow < 0 || basic[i] < basic[leavingRow]
                        : size > bestPivot || (size == bestPivot && basic[i] < basic[leavingRow]);
                if (better) {
                    leavingRow = i;
                    bestPivot = size;
                }
            }
        }
        if (leavingRow < 0) {
            return own;
        }
        leavesAtUpper = sign * direction[leavingRow] < 0;
        return Math.min(own, Math.max(0, ratio(leavingRow, sign, 0)));
    }

    private double ratio(int i, double sign, double slack) {
        double fall = sign * direction[i];
        if (fall > PIVOT) {
            return (basicValue[i] + slack) / fall;
        }
        if (fall < -PIVOT) {
            return (upperOf(basic[i]) - basicValue[i] + slack) / -fall;
        }
        return Double.POSITIVE_INFINITY;
    }

    private void move(int entering, double sign, double length) {
        for (int i = 0; i < rows; i++) {
            basicValue[i] -= sign * length * direction[i];
        }
        if (leavingRow < 0) {
            atUpper[entering - rows] = sign > 0;
        }
    }

    private void pivot(int entering, double sign, double length, double gain) {
        int leaving = basic[leavingRow];
        updateWeights(entering, leaving);
        position[leaving] = -1;
        if (leaving >= rows) {
            atUpper[leaving - rows] = leavesAtUpper;
        }
        double from = sign < 0 ? upperOf(entering) : 0;
        basic[leavingRow] = entering;
        position[entering] = leavingRow;
        basicValue[leavingRow] = from + sign * length;
        inverse.replace(leavingRow, direction);
        inverse.addTo(price, leavingRow, gain);
        sinceFactor++;
    }

    /** Devex: weights grow towards the norms of the columns in the basis, from the pivot row of the old inverse. */
    private void updateWeights(int entering, int leaving) {
        double factor = weight[entering] / (direction[leavingRow] * direction[leavingRow]);
        for (int i = 0; i < rows; i++) {
            double entry = inverse.at(leavingRow, i);
            weight[i] = Math.max(weight[i], entry * entry * factor);
        }
        for (int j = 0; j < columns.count(); j++) {
            if (position[rows + j] < 0) {
                double entry = inverse.dot(leavingRow, columns, j);
                weight[rows + j] = Math.max(weight[rows + j], entry * entry * factor);
            }
        }
        weight[leaving] = Math.max(1, factor);
        if (factor > WEIGHT_LIMIT) {
            Arrays.fill(weight, 1);
        }
    }

    /** Largest relative residual of the rows and of the basic columns' reduced values. */
    private double residual() {
        double worst = 0;
        double[] left = scratch;
        double[] size = direction;
        for (int i = 0; i < rows; i++) {
            left[i] = limit[i];
            size[i] = NOISE + limit[i];
        }
        for (int j = 0; j < columns.count(); j++) {
            int at = position[rows + j];
            double x = at >= 0 ? basicValue[at] : atUpper[j] ? columns.upper(j) : 0;
            if (x == 0) {
                continue;
            }
            for (int k = columns.start(j); k < columns.start(j + 1); k++) {
                double term = columns.coefficient(k) * x;
                left[columns.row(k)] -= term;
                size[columns.row(k)] += Math.abs(term);
            }
            if (at >= 0) {
                worst = Math.max(worst, Math.abs(reduced(rows + j)) / (NOISE + Math.abs(columns.cost(j))));
            }
        }
        for (int i = 0; i < rows; i++) {
            double slack = position[i] >= 0 ? basicValue[position[i]] : 0;
            worst = Math.max(worst, Math.abs(left[i] - slack) / (size[i] + Math.abs(slack)));
        }
        return worst;
    }

    /** Makes inverse, basic values and prices anew from the basis. */
    private void refactor() {
        double[] basis = new double[rows * rows];
        for (int c = 0; c < rows; c++) {
            int variable = basic[c];
            if (variable < rows) {
                basis[variable * rows + c] = 1;
                continue;
            }
            for (int k = columns.start(variable - rows); k < columns.start(variable - rows + 1); k++) {
                basis[columns.row(k) * rows + c] = columns.coefficient(k);
            }
        }
        inverse.invert(basis);
        sinceFactor = 0;
        recomputeValues();
        recomputePrices();
    }

    private void recomputeValues() {
        System.arraycopy(limit, 0, scratch, 0, rows);
        for (int j = 0; j < columns.count(); j++) {
            if (isAtUpper(j)) {
                columns.addTo(scratch, j, -columns.upper(j));
            }
        }
        for (int i = 0; i < rows; i++) {
            basicValue[i] = inverse.dot(i, scratch);
        }
    }

    private void recomputePrices() {
        Arrays.fill(price, 0);
        for (int i = 0; i < rows; i++) {
            double basicCost = basic[i] < rows ? 0 : columns.cost(basic[i] - rows);
            if (basicCost != 0) {
                inverse.addTo(price, i, basicCost);
            }
        }
    }

    private void dropNoise() {
        double largest = 0;
        for (double p : price) {
            largest = Math.max(largest, Math.abs(p));
        }
        for (int i = 0; i < rows; i++) {
            if (Math.abs(price[i]) <= NOISE * largest) {
                price[i] = 0;
            }
        }
    }
}
