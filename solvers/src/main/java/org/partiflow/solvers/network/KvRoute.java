package org.partiflow.solvers.network;

/**
 * A way for KV caches from one group to another.
 *
 * @param requestsPerSecond rate if it had every link alone; 0 where nothing connects the groups
 * @param links shared links in use
 * @param bytesPerRequest mean bytes of a request on each of them
 * @param protocol transport/schedule/encoding
 */
@SuppressWarnings("ArrayRecordComponent") // hot in planning; never written to after construction
public record KvRoute(double requestsPerSecond, int[] links, double[] bytesPerRequest, String protocol) {}
