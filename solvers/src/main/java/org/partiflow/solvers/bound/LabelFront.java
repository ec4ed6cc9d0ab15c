package org.partiflow.solvers.bound;

import java.util.Arrays;

/**
 * The labels of one state of {@link PackingLabels}, oldest first, their weights side by side: comparing a new label with the
 * others is most of the work of label setting, and goes over contiguous memory. Not thread-safe.
 */
final class LabelFront {
    /** Labels that a new one is compared with, the newest. */
    private static final int MOST_COMPARED = 200;

    private static final int FIRST_CAPACITY = 4;

    private final int dimensions;
    /** Of each label the sum of its weights, then the weights: what is nowhere lighter has no smaller sum. */
    private double[] weights;

    private final int stride;
    private int[] labels = new int[FIRST_CAPACITY];
    private int size;
    /** The relaxation that last told two labels apart. */
    private int lastApart;

    /**
     * @param dimensions number of weights of a label
     */
    LabelFront(int dimensions) {
        this.dimensions = dimensions;
        stride = dimensions + 1;
        weights = new double[FIRST_CAPACITY * stride];
    }

    int size() {
        return size;
    }

    int label(int index) {
        return labels[index];
    }

    double weight(int index, int dimension) {
        return weights[index * stride + 1 + dimension];
    }

    /**
     * Adds a label unless another one is nowhere lighter; removes those that are nowhere heavier.
     *
     * @return how many labels it was compared with; its complement ({@code ~}) if the label was not added
     */
    int offer(int label, double[] trial) {
        double sum = 0;
        for (double weight : trial) {
            sum += weight;
        }
        int compared = 0;
        for (int index = size - 1; index >= 0 && compared < MOST_COMPARED; index--) {
            compared++;
            // Of unequal sums only the greater may be that of a label that dominates, also as rounded: rounding keeps
            // order.
            int at = index * stride;
            if (weights[at] >= sum && isNowhereLighter(at + 1, trial)) {
                return ~compared;
            }
            if (weights[at] <= sum && isNowhereHeavier(at + 1, trial)) {
                remove(index);
            }
        }
        append(label, sum, trial);
        return compared;
    }

    private boolean isNowhereLighter(int at, double[] trial) {
        if (weights[at + lastApart] < trial[lastApart]) {
            return false;
        }
        for (int m = 0; m < dimensions; m++) {
            if (weights[at + m] < trial[m]) {
                lastApart = m;
                return false;
            }
        }
        return true;
    }

    private boolean isNowhereHeavier(int at, double[] trial) {
        if (weights[at + lastApart] > trial[lastApart]) {
            return false;
        }
        for (int m = 0; m < dimensions; m++) {
            if (weights[at + m] > trial[m]) {
                lastApart = m;
                return false;
            }
        }
        return true;
    }

    private void remove(int index) {
        int behind = size - index - 1;
        System.arraycopy(labels, index + 1, labels, index, behind);
        System.arraycopy(weights, (index + 1) * stride, weights, index * stride, behind * stride);
        size--;
    }

    private void append(int label, double sum, double[] trial) {
        if (size == labels.length) {
            labels = Arrays.copyOf(labels, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size * stride);
        }
        labels[size] = label;
        weights[size * stride] = sum;
        System.arraycopy(trial, 0, weights, size * stride + 1, dimensions);
        size++;
    }
}
