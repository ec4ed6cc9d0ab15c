package org.partiflow.simulator;

/**
 * How many requests arrive: up to a count and up to a time, whichever comes first. A recorded trace that is shorter ends
 * there; it is not repeated. Immutable.
 *
 * @param requests most requests, 1 .. 100,000,000
 * @param seconds requests arrive before this simulated time; infinity for no limit
 */
public record Extent(int requests, double seconds) {
    private static final int MOST_REQUESTS = 100_000_000;

    /** Rejects a count out of range and a time that is not positive. */
    public Extent {
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new IllegalArgumentException(
                    "the number of requests must be in [1, " + MOST_REQUESTS + "], got " + requests);
        }
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("the duration must be above zero, got " + seconds + " s");
        }
    }

    /** So many requests. */
    public static Extent ofRequests(int requests) {
        return new Extent(requests, Double.POSITIVE_INFINITY);
    }

    /** All requests that arrive within so many simulated seconds. */
    public static Extent ofSeconds(double seconds) {
        return new Extent(MOST_REQUESTS, seconds);
    }
}
