package org.partiflow.solvers.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;

/**
 * The ways to cut a set of GPUs into tensor-parallel stages. On each node the GPUs are cut greedily into stages of at
 * most a chosen degree (so 3 GPUs at degree 2 become 2 + 1); where the choices of all nodes multiply to few enough, every
 * combination is tried, otherwise the same limit for all nodes. Also the whole set as one stage, across nodes.
 * Where the engine runs one degree only, every degree that divides the GPUs of all nodes.
 * Immutable and thread-safe.
 */
final class StageLayouts {
    private static final int MAX_COMBINATIONS = 24;

    private final TransformerModel model;
    private final TargetEngine engine;
    private final int onlyDegree;

    /**
     * @param engine what stages of a group must have in common
     * @param onlyDegree the only tensor-parallel degree to use; 0 for any
     */
    StageLayouts(TransformerModel model, TargetEngine engine, int onlyDegree) {
        this.model = model;
        this.engine = engine;
        this.onlyDegree = onlyDegree;
    }

    /** Stage degrees in the order of the set's GPUs; distinct, in a fixed order. */
    List<int[]> of(GpuSet set) {
        if (engine.needsOneDegree() || onlyDegree > 0) {
            return grids(set);
        }
        List<List<int[]>> choices = new ArrayList<>();
        long combinations = 1;
        for (int position = 0; position < set.positions(); position++) {
            List<int[]> choice = nodeLayouts(set.count(position));
            choices.add(choice);
            combinations = Math.min(MAX_COMBINATIONS + 1L, combinations * choice.size());
        }
        List<int[]> layouts = new ArrayList<>();
        if (combinations <= MAX_COMBINATIONS) {
            combine(choices, 0, new int[0], layouts);
        } else {
            addUniform(set, layouts);
        }
        if (set.positions() > 1 && Sharding.isLegal(model, set.size())) {
            layouts.add(new int[] {set.size()});
        }
        layouts.removeIf(layout -> layout.length > model.layers());
        return layouts;
    }

    /** Layouts with one degree, which must divide the GPUs of every node, and the whole set as one stage. */
    private List<int[]> grids(GpuSet set) {
        List<int[]> layouts = new ArrayList<>();
        int common = 0;
        boolean even = true;
        for (int position = 0; position < set.positions(); position++) {
            common = greatestCommonDivisor(set.count(position), common);
            even &= set.count(position) == set.count(0);
        }
        if (engine.needsEvenGroups() && !even) {
            return layouts;
        }
        for (int degree = common; degree >= 1; degree--) {
            if (common % degree == 0) {
                addGrid(set, degree, layouts);
            }
        }
        if (set.positions() > 1) {
            addGrid(set, set.size(), layouts);
        }
        return layouts;
    }

    private void addGrid(GpuSet set, int degree, List<int[]> layouts) {
        int stages = set.size() / degree;
        boolean wanted = onlyDegree == 0 || onlyDegree == degree;
        boolean cuts = stages <= model.layers() && (!engine.needsEvenGroups() || model.layers() % stages == 0);
        if (wanted && cuts && Sharding.isLegal(model, degree)) {
            int[] degrees = new int[stages];
            Arrays.fill(degrees, degree);
            layouts.add(degrees);
        }
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private List<int[]> nodeLayouts(int gpus) {
        List<int[]> layouts = new ArrayList<>();
        for (int limit = gpus; limit >= 1; limit--) {
            if (Sharding.isLegal(model, limit)) {
                layouts.add(cut(gpus, limit));
            }
        }
        return layouts;
    }

    private void addUniform(GpuSet set, List<int[]> layouts) {
        int most = 0;
        for (int position = 0; position < set.positions(); position++) {
            most = Math.max(most, set.count(position));
        }
        for (int limit = most; limit >= 1; limit--) {
            if (Sharding.isLegal(model, limit)) {
                int[] layout = new int[0];
                for (int position = 0; position < set.positions(); position++) {
                    layout = concat(layout, cut(set.count(position), limit));
                }
                layouts.add(layout);
            }
        }
    }

    /** Cuts greedily into the largest legal degrees up to {@code limit}; degree 1 is always legal. */
    private int[] cut(int gpus, int limit) {
        int[] degrees = new int[gpus];
        int stages = 0;
        for (int left = gpus; left > 0; left -= degrees[stages++]) {
            int degree = Math.min(left, limit);
            while (!Sharding.isLegal(model, degree)) {
                degree--;
            }
            degrees[stages] = degree;
        }
        return Arrays.copyOf(degrees, stages);
    }

    private static void combine(List<List<int[]>> choices, int position, int[] prefix, List<int[]> layouts) {
        if (position == choices.size()) {
            layouts.add(prefix);
            return;
        }
        for (int[] choice : choices.get(position)) {
            combine(choices, position + 1, concat(prefix, choice), layouts);
        }
    }

    private static int[] concat(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
