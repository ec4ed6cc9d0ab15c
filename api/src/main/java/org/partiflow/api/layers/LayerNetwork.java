package org.partiflow.api.layers;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.flow.FlowNetwork;
import org.partiflow.api.flow.MaxFlow;

/**
 * The flow network of a placement: a machine is two vertices joined by an arc with the rate of the layers it holds; links
 * lead from the source to machines that start with layer 0, from a machine to those that start where it ends, and to the
 * sink from machines that end with the last layer. Rates are rounded down to {@link #UNITS_PER_TOKEN}.
 */
public final class LayerNetwork {
    /** Flow units that make one token per second. */
    public static final double UNITS_PER_TOKEN = 1e6;

    private final LayerProblem problem;
    private final LayerPlacement placement;
    private final List<Link> links = new ArrayList<>();
    private final FlowNetwork network;

    /** A link that the placement allows; ends as in {@link LayerProblem}. */
    public record Link(int from, int to) {}

    private LayerNetwork(LayerProblem problem, LayerPlacement placement) {
        this.problem = problem;
        this.placement = placement;
        network = build();
    }

    /**
     * The network of a placement.
     *
     * @throws IllegalArgumentException if a machine holds no layers of the model, or more than it can
     */
    public static LayerNetwork of(LayerProblem problem, LayerPlacement placement) {
        requireLegal(problem, placement);
        return new LayerNetwork(problem, placement);
    }

    private static void requireLegal(LayerProblem problem, LayerPlacement placement) {
        if (placement.start().length != problem.machines()) {
            throw new IllegalArgumentException(
                    "the placement is for " + placement.start().length + " machines, not " + problem.machines());
        }
        for (int m = 0; m < problem.machines(); m++) {
            int start = placement.start()[m];
            int layers = placement.layers(m);
            boolean none = start == -1 && layers == 0;
            boolean some = start >= 0
                    && layers >= 1
                    && placement.end()[m] <= problem.layers()
                    && layers <= problem.type(m).maxLayers();
            if (!none && !some) {
                throw new IllegalArgumentException("machine '" + problem.id(m) + "' ("
                        + problem.type(m).name()
                        + ", at most " + problem.type(m).maxLayers() + " layers) cannot hold layers " + start + " to "
                        + placement.end()[m] + " of " + problem.layers());
            }
        }
    }

    private FlowNetwork build() {
        int machines = problem.machines();
        FlowNetwork.Builder builder = FlowNetwork.builder(2 * machines + 2, 2 * machines, 2 * machines + 1);
        for (int m = 0; m < machines; m++) {
            double rate = placement.holds(m) ? problem.type(m).rate(placement.layers(m)) : 0;
            builder.addArc(m, machines + m, units(rate));
        }
        for (int from = 0; from < machines; from++) {
            if (!placement.holds(from)) {
                continue;
            }
            if (placement.start()[from] == 0) {
                link(builder, problem.source(), from, 2 * machines, from);
            }
            int end = placement.end()[from];
            if (end == problem.layers()) {
                link(builder, from, problem.sink(), machines + from, 2 * machines + 1);
            }
            for (int to = 0; to < machines && end < problem.layers(); to++) {
                if (placement.start()[to] == end) {
                    link(builder, from, to, machines + from, to);
                }
            }
        }
        return builder.build();
    }

    private void link(FlowNetwork.Builder builder, int from, int to, int tail, int head) {
        if (problem.link(from, to) > 0) {
            links.add(new Link(from, to));
            builder.addArc(tail, head, units(problem.link(from, to)));
        }
    }

    private static long units(double tokensPerSecond) {
        return (long) Math.min(FlowNetwork.MAX_CAPACITY, Math.floor(tokensPerSecond * UNITS_PER_TOKEN));
    }

    /** The network: the arc of machine m has number m, those of {@link #links()} follow. */
    public FlowNetwork network() {
        return network;
    }

    /** Links that the placement allows. */
    public List<Link> links() {
        return List.copyOf(links);
    }

    /** Tokens/s of a flow. */
    public static double tokensPerSecond(MaxFlow flow) {
        return flow.value() / UNITS_PER_TOKEN;
    }

    /** Tokens/s through a machine. */
    public double machineFlow(MaxFlow flow, int machine) {
        return flow.arcFlow()[machine] / UNITS_PER_TOKEN;
    }

    /** Tokens/s over a link, by its position among {@link #links()}. */
    public double linkFlow(MaxFlow flow, int link) {
        return flow.arcFlow()[problem.machines() + link] / UNITS_PER_TOKEN;
    }

    /** Machines that a token passes in the mean; 0 where nothing flows. */
    public double meanLength(MaxFlow flow) {
        double sum = 0;
        for (int m = 0; m < problem.machines(); m++) {
            sum += flow.arcFlow()[m];
        }
        return flow.value() == 0 ? 0 : sum / flow.value();
    }
}
