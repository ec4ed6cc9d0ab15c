package org.partiflow.solvers.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * A group up to exchange of nodes of one class: part i takes {@code counts[i]} GPUs of one node of class {@code classes[i]},
 * every part of another node. Parts are ordered by class, then by falling count.
 *
 * @param classes node class of each part
 * @param counts GPUs of each part, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // many thousands of them; never written to after construction
public record ClassPattern(int[] classes, int[] counts) {
    /** Number of nodes that the pattern takes GPUs of. */
    public int parts() {
        return classes.length;
    }

    /** Number of GPUs. */
    public int gpus() {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Classes and counts as a key. */
    List<Integer> key() {
        List<Integer> key = new ArrayList<>();
        for (int i = 0; i < classes.length; i++) {
            key.add(classes[i]);
            key.add(counts[i]);
        }
        return key;
    }
}
