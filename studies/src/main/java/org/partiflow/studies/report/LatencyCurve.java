package org.partiflow.studies.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The distribution of one latency over the completed requests.
 *
 * @param name short name, such as TTFT
 * @param meaning what is measured, in words
 * @param quantilesSeconds values at equally spaced probabilities from 0 to 1, ascending; empty if nothing completed
 * @param targetSeconds the service-level target, if there is one
 */
public record LatencyCurve(String name, String meaning, List<Double> quantilesSeconds, OptionalDouble targetSeconds) {
    /** Copies the list. */
    public LatencyCurve {
        quantilesSeconds = List.copyOf(quantilesSeconds);
    }

    /** The value that a share {@code probability} of the requests do not exceed, interpolated. */
    public double quantile(double probability) {
        double position = probability * (quantilesSeconds.size() - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, quantilesSeconds.size() - 1);
        double part = position - below;
        return quantilesSeconds.get(below) * (1 - part) + quantilesSeconds.get(above) * part;
    }

    /** Share of the completed requests at or under {@code seconds}. */
    public double shareWithin(double seconds) {
        int within = (int) quantilesSeconds.stream().filter(q -> q <= seconds).count();
        if (within == 0 || within == quantilesSeconds.size()) {
            return within == 0 ? 0 : 1;
        }
        double low = quantilesSeconds.get(within - 1);
        double high = quantilesSeconds.get(within);
        return (within - 1 + (seconds - low) / (high - low)) / (quantilesSeconds.size() - 1);
    }
}
