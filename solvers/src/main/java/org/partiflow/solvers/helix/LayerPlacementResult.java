package org.partiflow.solvers.helix;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.layers.LayerPlacement;

/**
 * A placement with its flow, and what bounds the flow of every placement.
 *
 * @param placement which layers each machine holds
 * @param tokensPerSecond its max flow, certified
 * @param meanLength machines that a token passes in the mean
 * @param upperBound no placement has a greater flow, in tokens/s
 * @param proven whether the flow is the greatest of all placements, up to {@link LayerPlacer#TOLERANCE}
 * @param boundBy how the bound was found: {@code cover} or {@code work}
 * @param alternatives other placements and theirs
 * @param reason CONVERGED, LIMIT or CANCELLED
 * @param limit the limit that was hit; {@code null} if none
 * @param evaluations placements valued and states of the proof
 */
public record LayerPlacementResult(
        LayerPlacement placement,
        double tokensPerSecond,
        double meanLength,
        double upperBound,
        boolean proven,
        String boundBy,
        List<Alternative> alternatives,
        String reason,
        @Nullable String limit,
        long evaluations) {
    /** Another placement. */
    public record Alternative(String name, LayerPlacement placement, double tokensPerSecond, double meanLength) {}

    /** Copies the list. */
    public LayerPlacementResult {
        alternatives = List.copyOf(alternatives);
    }

    /** 1 - flow / bound. */
    public double gap() {
        return 1 - tokensPerSecond / upperBound;
    }
}
