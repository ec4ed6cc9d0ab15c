package org.partiflow.simulator;

/**
 * How a plan is replayed. Immutable.
 *
 * @param load how fast requests arrive; default: as the workload says
 * @param extent how many arrive; default 10,000 requests
 * @param seed of arrivals and lengths; default 42
 * @param sloScale factor on the workload's latency targets, above zero; default 1
 * @param warmUpShare share of the arrivals, the first ones, that latencies, attainment and rates leave out, in [0, 1);
 *     default 0.1
 * @param drain true: run until every request is done; false: stop with the last arrival, which leaves requests
 *     unfinished; default true
 * @param traceSlices most stage passes and transfers (each) to keep for {@link ChromeTrace}, 0 for no trace; default 0
 * @param behaviour routing, queues and disturbances; default: as planned, first come first served, none
 */
public record SimulationOptions(
        OfferedLoad load,
        Extent extent,
        long seed,
        double sloScale,
        double warmUpShare,
        boolean drain,
        int traceSlices,
        Behaviour behaviour) {
    /** The defaults. */
    public static final SimulationOptions DEFAULT = new SimulationOptions(
            OfferedLoad.asGiven(), Extent.ofRequests(10_000), 42, 1, 0.1, true, 0, Behaviour.DEFAULT);

    /** Rejects values out of range. */
    public SimulationOptions {
        if (!(sloScale > 0) || Double.isInfinite(sloScale)) {
            throw new IllegalArgumentException("the SLO scale must be above zero, got " + sloScale);
        }
        if (!(warmUpShare >= 0 && warmUpShare < 1)) {
            throw new IllegalArgumentException("the warm-up share must be in [0, 1), got " + warmUpShare);
        }
        if (traceSlices < 0) {
            throw new IllegalArgumentException("the number of trace slices must not be negative, got " + traceSlices);
        }
    }

    /** The same under another load. */
    public SimulationOptions withLoad(OfferedLoad newLoad) {
        return new SimulationOptions(newLoad, extent, seed, sloScale, warmUpShare, drain, traceSlices, behaviour);
    }

    /** The same with another number of requests. */
    public SimulationOptions withExtent(Extent newExtent) {
        return new SimulationOptions(load, newExtent, seed, sloScale, warmUpShare, drain, traceSlices, behaviour);
    }

    /** The same with another seed. */
    public SimulationOptions withSeed(long newSeed) {
        return new SimulationOptions(load, extent, newSeed, sloScale, warmUpShare, drain, traceSlices, behaviour);
    }

    /** The same with another factor on the latency targets. */
    public SimulationOptions withSloScale(double newScale) {
        return new SimulationOptions(load, extent, seed, newScale, warmUpShare, drain, traceSlices, behaviour);
    }

    /** The same with another warm-up. */
    public SimulationOptions withWarmUpShare(double newShare) {
        return new SimulationOptions(load, extent, seed, sloScale, newShare, drain, traceSlices, behaviour);
    }

    /** The same, running until all is done or not. */
    public SimulationOptions withDrain(boolean newDrain) {
        return new SimulationOptions(load, extent, seed, sloScale, warmUpShare, newDrain, traceSlices, behaviour);
    }

    /** The same with a trace of at most so many slices. */
    public SimulationOptions withTraceSlices(int most) {
        return new SimulationOptions(load, extent, seed, sloScale, warmUpShare, drain, most, behaviour);
    }

    /** The same with another behaviour. */
    public SimulationOptions withBehaviour(Behaviour newBehaviour) {
        return new SimulationOptions(load, extent, seed, sloScale, warmUpShare, drain, traceSlices, newBehaviour);
    }
}
