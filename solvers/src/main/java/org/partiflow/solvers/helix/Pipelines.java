package org.partiflow.solvers.helix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.layers.LayerNetwork;
import org.partiflow.api.layers.LayerPlacement;
import org.partiflow.api.layers.LayerProblem;

/**
 * Takes a layer flow apart into pipelines without a machine in common: again and again the path, among machines not yet
 * taken, whose narrowest machine or link carries most (a widest path, by layers). Stateless.
 */
final class Pipelines {
    private Pipelines() {}

    /** Machines of each pipeline in the order of their layers, widest first. */
    static List<List<Integer>> of(LayerProblem problem, LayerPlacement placement, LayerNetwork network, MaxFlow flow) {
        boolean[] taken = new boolean[problem.machines()];
        List<List<Integer>> pipelines = new ArrayList<>();
        while (true) {
            List<Integer> path = widest(problem, placement, network, flow, taken);
            if (path.isEmpty()) {
                return pipelines;
            }
            path.forEach(m -> taken[m] = true);
            pipelines.add(path);
        }
    }

    private static List<Integer> widest(
            LayerProblem problem, LayerPlacement placement, LayerNetwork network, MaxFlow flow, boolean[] taken) {
        int machines = problem.machines();
        double[] width = new double[machines + 2];
        int[] previous = new int[machines + 2];
        Arrays.fill(previous, -1);
        width[problem.source()] = Double.POSITIVE_INFINITY;
        // Ends of links by the layer that they lead to, so that every link is relaxed after all that lead to its tail.
        List<Integer> order = new ArrayList<>();
        for (int link = 0; link < network.links().size(); link++) {
            order.add(link);
        }
        order.sort((a, b) ->
                Integer.compare(layer(problem, placement, network, a), layer(problem, placement, network, b)));
        for (int link : order) {
            LayerNetwork.Link ends = network.links().get(link);
            boolean free = ends.to() == problem.sink() || !taken[ends.to()];
            double through =
                    ends.to() == problem.sink() ? Double.POSITIVE_INFINITY : network.machineFlow(flow, ends.to());
            double here = Math.min(width[ends.from()], Math.min(through, rate(problem, flow, network, link)));
            if (free && here > width[ends.to()]) {
                width[ends.to()] = here;
                previous[ends.to()] = ends.from();
            }
        }
        List<Integer> path = new ArrayList<>();
        for (int at = previous[problem.sink()]; at >= 0 && at != problem.source(); at = previous[at]) {
            path.add(0, at);
        }
        return path;
    }

    /** Machines are free to send all they carry one way if the link allows: pipelines need not follow the max flow. */
    private static double rate(LayerProblem problem, MaxFlow flow, LayerNetwork network, int link) {
        LayerNetwork.Link ends = network.links().get(link);
        double carried =
                ends.from() == problem.source() ? Double.POSITIVE_INFINITY : network.machineFlow(flow, ends.from());
        return Math.min(carried, problem.link(ends.from(), ends.to()));
    }

    private static int layer(LayerProblem problem, LayerPlacement placement, LayerNetwork network, int link) {
        int from = network.links().get(link).from();
        return from == problem.source() ? 0 : placement.end()[from];
    }
}
