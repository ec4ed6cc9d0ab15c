package org.partiflow.solvers.helix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.partiflow.api.layers.LayerPlacement;
import org.partiflow.api.layers.LayerProblem;

/** Placements that searches start from: machines one after the other, round and round the layers. Stateless. */
final class PlacementStarts {
    private PlacementStarts() {}

    /** Pipelines of machines in their order, by type, and from neighbour to best connected neighbour; long and short. */
    static List<LayerPlacement> of(LayerProblem problem) {
        List<Integer> asGiven = IntStream.range(0, problem.machines()).boxed().toList();
        List<Integer> byType = asGiven.stream()
                .sorted(Comparator.comparingInt(problem::typeOf))
                .toList();
        List<LayerPlacement> starts = new ArrayList<>();
        for (List<Integer> order : List.of(byType, neighbours(problem), asGiven)) {
            starts.add(round(problem, order, 1));
            starts.add(round(problem, order, share(problem)));
        }
        return starts;
    }

    /** The share of its most layers with which all machines make one pipeline, at most 1. */
    private static double share(LayerProblem problem) {
        long most = 0;
        for (int m = 0; m < problem.machines(); m++) {
            most += problem.type(m).maxLayers();
        }
        return Math.min(1, (double) problem.layers() / most);
    }

    private static LayerPlacement round(LayerProblem problem, List<Integer> order, double share) {
        int[] start = new int[problem.machines()];
        int[] end = new int[problem.machines()];
        Arrays.fill(start, -1);
        Arrays.fill(end, -1);
        int at = 0;
        for (int m : order) {
            int layers = (int) Math.max(1, Math.ceil(share * problem.type(m).maxLayers()));
            start[m] = at;
            end[m] = Math.min(problem.layers(), at + layers);
            at = end[m] % problem.layers();
        }
        return new LayerPlacement(start, end);
    }

    private static List<Integer> neighbours(LayerProblem problem) {
        List<Integer> order = new ArrayList<>(List.of(0));
        boolean[] taken = new boolean[problem.machines()];
        taken[0] = true;
        while (order.size() < problem.machines()) {
            int last = order.get(order.size() - 1);
            int next = -1;
            for (int m = 0; m < taken.length; m++) {
                if (!taken[m] && (next < 0 || problem.link(last, m) > problem.link(last, next))) {
                    next = m;
                }
            }
            taken[next] = true;
            order.add(next);
        }
        return order;
    }
}
