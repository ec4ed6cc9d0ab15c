package org.partiflow.solvers.lp;

import java.util.Arrays;

/**
 * The simplex engine on scaled numbers. Variable i below {@code rows} is the slack of row i; variable rows + j is column j.
 *
 * <p>Phases of a pivot: {@link #price} picks the entering variable by the largest reduced value (by the lowest index after
 * a run of degenerate pivots, Bland's rule), {@link #transform} expresses its column in the basis, {@link #ratioTest}
 * finds what blocks it (Harris's two passes: within the feasibility slack, take the largest pivot), and {@link #pivot}
 * updates the inverse, the basic values and the prices. After {@link #REFACTOR_INTERVAL} pivots, and at the end when the
 * residual asks for it, the inverse is made anew. Not thread-safe.
 */
final class BoundedSimplex {
    private static final int REFACTOR_INTERVAL = 100;
    private static final double REDUCED_RELATIVE = 1e-10;
    private static final double REDUCED_ABSOLUTE = 1e-13;
    private static final double FEASIBILITY = 1e-10;
    private static final double PIVOT = 1e-9;
    private static final double DEGENERATE_STEP = 1e-12;
    private static final double RESIDUAL = 1e-11;
    private static final double NOISE = 1e-14;

    private final int rows;
    private final double[] limit;
    private final double[] inverse;
    private final int[] basic;
    private final double[] basicValue;
    private final double[] price;
    private final double[] direction;
    private final double[] scratch;
    private int[] position;
    private boolean[] atUpper = new boolean[16];
    private int[] start = new int[17];
    private int[] row = new int[64];
    private double[] coefficient = new double[64];
    private double[] cost = new double[16];
    private double[] upper = new double[16];
    private int columns;
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
        inverse = new double[rows * rows];
        basic = new int[rows];
        basicValue = new double[rows];
        price = new double[rows];
        direction = new double[rows];
        scratch = new double[rows];
        position = new int[rows + 16];
    }

    boolean loaded() {
        return loaded;
    }

    boolean atOrigin() {
        return !moved;
    }

    /** Empties it: slack basis, no columns. */
    void reset() {
        columns = 0;
        Arrays.fill(inverse, 0);
        Arrays.fill(price, 0);
        for (int i = 0; i < rows; i++) {
            inverse[i * rows + i] = 1;
            basic[i] = i;
            position[i] = i;
        }
        loaded = true;
    }

    void setLimit(int i, double value) {
        limit[i] = value;
        basicValue[i] = value;
    }

    void beginColumn(double columnCost, double columnUpper) {
        if (columns == cost.length) {
            int size = 2 * columns;
            cost = Arrays.copyOf(cost, size);
            upper = Arrays.copyOf(upper, size);
            atUpper = Arrays.copyOf(atUpper, size);
            start = Arrays.copyOf(start, size + 1);
            position = Arrays.copyOf(position, rows + size);
        }
        cost[columns] = columnCost;
        upper[columns] = columnUpper;
        atUpper[columns] = false;
        position[rows + columns] = -1;
        columns++;
        start[columns] = start[columns - 1];
    }

    void coefficient(int i, double value) {
        int end = start[columns];
        if (end == row.length) {
            row = Arrays.copyOf(row, 2 * end);
            coefficient = Arrays.copyOf(coefficient, 2 * end);
        }
        row[end] = i;
        coefficient[end] = value;
        start[columns] = end + 1;
    }

    double value(int column) {
        int at = position[rows + column];
        if (at < 0) {
            return atUpper[column] ? upper[column] : 0;
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
        int most = 1000 + 50 * (rows + columns);
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
        double bestGain = 0;
        for (int i = 0; i < rows; i++) {
            double gain = -price[i];
            if (position[i] < 0 && gain > REDUCED_ABSOLUTE && gain > bestGain) {
                best = i;
                bestGain = gain;
                if (lowestIndex) {
                    return best;
                }
            }
        }
        for (int j = 0; j < columns; j++) {
            if (position[rows + j] >= 0) {
                continue;
            }
            double gain = cost[j];
            double size = Math.abs(gain);
            for (int k = start[j]; k < start[j + 1]; k++) {
                double term = coefficient[k] * price[row[k]];
                gain -= term;
                size += Math.abs(term);
            }
            gain = atUpper[j] ? -gain : gain;
            if (gain > bestGain && gain > REDUCED_ABSOLUTE && gain > REDUCED_RELATIVE * size && upper[j] > 0) {
                best = rows + j;
                bestGain = gain;
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
        double gain = cost[j];
        for (int k = start[j]; k < start[j + 1]; k++) {
            gain -= coefficient[k] * price[row[k]];
        }
        return gain;
    }

    private double upperOf(int variable) {
        return variable < rows ? Double.POSITIVE_INFINITY : upper[variable - rows];
    }

    /** direction = inverse times the entering column. */
    private void transform(int entering) {
        if (entering < rows) {
            for (int i = 0; i < rows; i++) {
                direction[i] = inverse[i * rows + entering];
            }
            return;
        }
        int from = start[entering - rows];
        int to = start[entering - rows + 1];
        for (int i = 0; i < rows; i++) {
            int base = i * rows;
            double sum = 0;
            for (int k = from; k < to; k++) {
                sum += inverse[base + row[k]] * coefficient[k];
            }
            direction[i] = sum;
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
        position[leaving] = -1;
        if (leaving >= rows) {
            atUpper[leaving - rows] = leavesAtUpper;
        }
        double from = sign < 0 ? upperOf(entering) : 0;
        basic[leavingRow] = entering;
        position[entering] = leavingRow;
        basicValue[leavingRow] = from + sign * length;
        int base = leavingRow * rows;
        double factor = 1 / direction[leavingRow];
        for (int k = 0; k < rows; k++) {
            inverse[base + k] *= factor;
        }
        for (int i = 0; i < rows; i++) {
            double times = direction[i];
            if (i != leavingRow && times != 0) {
                int at = i * rows;
                for (int k = 0; k < rows; k++) {
                    inverse[at + k] -= times * inverse[base + k];
                }
            }
        }
        for (int k = 0; k < rows; k++) {
            price[k] += gain * inverse[base + k];
        }
        sinceFactor++;
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
        for (int j = 0; j < columns; j++) {
            int at = position[rows + j];
            double x = at >= 0 ? basicValue[at] : atUpper[j] ? upper[j] : 0;
            if (x == 0) {
                continue;
            }
            for (int k = start[j]; k < start[j + 1]; k++) {
                left[row[k]] -= coefficient[k] * x;
                size[row[k]] += Math.abs(coefficient[k] * x);
            }
            if (at >= 0) {
                worst = Math.max(worst, Math.abs(reduced(rows + j)) / (NOISE + Math.abs(cost[j])));
            }
        }
        for (int i = 0; i < rows; i++) {
            double slack = position[i] >= 0 ? basicValue[position[i]] : 0;
            worst = Math.max(worst, Math.abs(left[i] - slack) / (size[i] + Math.abs(slack)));
        }
        return worst;
    }

    /** Makes inverse, basic values and prices anew from the basis (Gauss-Jordan with row pivoting). */
    private void refactor() {
        double[] work = basisMatrix();
        Arrays.fill(inverse, 0);
        for (int i = 0; i < rows; i++) {
            inverse[i * rows + i] = 1;
        }
        for (int c = 0; c < rows; c++) {
            int pivotRow = c;
            for (int i = c + 1; i < rows; i++) {
                if (Math.abs(work[i * rows + c]) > Math.abs(work[pivotRow * rows + c])) {
                    pivotRow = i;
                }
            }
            swapRows(work, c, pivotRow);
            swapRows(inverse, c, pivotRow);
            eliminate(work, c);
        }
        sinceFactor = 0;
        recomputeValues();
        recomputePrices();
    }

    private double[] basisMatrix() {
        double[] matrix = new double[rows * rows];
        for (int c = 0; c < rows; c++) {
            int variable = basic[c];
            if (variable < rows) {
                matrix[variable * rows + c] = 1;
                continue;
            }
            for (int k = start[variable - rows]; k < start[variable - rows + 1]; k++) {
                matrix[row[k] * rows + c] = coefficient[k];
            }
        }
        return matrix;
    }

    private void swapRows(double[] matrix, int a, int b) {
        for (int k = 0; a != b && k < rows; k++) {
            double held = matrix[a * rows + k];
            matrix[a * rows + k] = matrix[b * rows + k];
            matrix[b * rows + k] = held;
        }
    }

    private void eliminate(double[] work, int c) {
        double factor = 1 / work[c * rows + c];
        for (int k = 0; k < rows; k++) {
            work[c * rows + k] *= factor;
            inverse[c * rows + k] *= factor;
        }
        for (int i = 0; i < rows; i++) {
            double times = work[i * rows + c];
            if (i != c && times != 0) {
                for (int k = 0; k < rows; k++) {
                    work[i * rows + k] -= times * work[c * rows + k];
                    inverse[i * rows + k] -= times * inverse[c * rows + k];
                }
            }
        }
    }

    private void recomputeValues() {
        System.arraycopy(limit, 0, scratch, 0, rows);
        for (int j = 0; j < columns; j++) {
            if (isAtUpper(j)) {
                for (int k = start[j]; k < start[j + 1]; k++) {
                    scratch[row[k]] -= coefficient[k] * upper[j];
                }
            }
        }
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int k = 0; k < rows; k++) {
                sum += inverse[i * rows + k] * scratch[k];
            }
            basicValue[i] = sum;
        }
    }

    private void recomputePrices() {
        Arrays.fill(price, 0);
        for (int i = 0; i < rows; i++) {
            double basicCost = basic[i] < rows ? 0 : cost[basic[i] - rows];
            for (int k = 0; basicCost != 0 && k < rows; k++) {
                price[k] += basicCost * inverse[i * rows + k];
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
