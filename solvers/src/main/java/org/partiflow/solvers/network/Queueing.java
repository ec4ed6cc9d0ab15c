package org.partiflow.solvers.network;

/**
 * How long requests wait at a group that works below its capacity, by the usual approximations. Stateless.
 *
 * <p>A prefill group is a single server of passes, which vary as prompts do. A decode or colocated group is a server with as many places as its batch
 * holds sequences; the mean wait for a place follows Sakasegawa's approximation for many servers (1977, Annals of the Institute
 * of Statistical Mathematics 29, 67-75): {@code s u^(sqrt(2 (b + 1)) - 1) / (b (1 - u))} at utilisation u with b places, each
 * taken for s seconds, for Poisson arrivals and exponential times in a place, which are more variable than most outputs. Waits
 * are stretched to the 95th percentile of an exponential tail: two targets that are each missed by a twentieth are both met by
 * nine tenths at least, the default attainment.
 */
final class Queueing {
    private static final double TAIL = Math.log(20);
    private static final double NORMAL_TAIL = 1.645;
    private static final int BISECTIONS = 40;

    private Queueing() {}

    /**
     * Utilisation of a server of passes at which all but a twentieth wait no longer, by Pollaczek and Khinchine (M/G/1).
     *
     * @param passSeconds mean time of a pass
     * @param variation squared coefficient of variation of the passes
     */
    static double passUtilization(double passSeconds, double variation, double mostWaitSeconds) {
        double ratio = 2 * Math.max(0, mostWaitSeconds) / (TAIL * passSeconds * (1 + variation));
        return ratio / (1 + ratio);
    }

    /** By how much the 95th percentile exceeds the mean, as a factor, of a normal variable of this squared variation. */
    static double tailFactor(double variation) {
        return 1 + NORMAL_TAIL * Math.sqrt(variation);
    }

    /**
     * Utilisation of a server with places at which all but a twentieth wait no longer for one.
     *
     * @param places sequences that it holds
     * @param placeSeconds how long each stays
     */
    static double placeUtilization(int places, double placeSeconds, double mostWaitSeconds) {
        double mean = Math.max(0, mostWaitSeconds) / TAIL;
        double low = 0;
        double high = 1;
        for (int step = 0; step < BISECTIONS; step++) {
            double middle = (low + high) / 2;
            double wait = placeSeconds * Math.pow(middle, Math.sqrt(2.0 * (places + 1)) - 1) / (places * (1 - middle));
            if (wait <= mean) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
