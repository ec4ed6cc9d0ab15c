package org.partiflow.api.flow;

/**
 * A maximum flow and a minimum cut. {@link FlowCertificate} proves it.
 *
 * @param value flow out of the source, net
 * @param arcFlow flow on each arc of the network
 * @param sourceSide for each vertex, whether it lies on the source's side of the cut
 */
@SuppressWarnings("ArrayRecordComponent") // primitive results of large networks; callers must not write to them
public record MaxFlow(long value, long[] arcFlow, boolean[] sourceSide) {}
