package org.partiflow.simulator;

import java.util.List;

/**
 * How the serving system behaves beside what the plan says. Immutable.
 *
 * @param routing how requests are given their groups; default: as planned
 * @param order of the queues of prefill groups; default: first come, first served
 * @param disturbances what is slow or down, and when; default: nothing
 * @param onFailure what becomes of requests when what they use goes down; default: they are retried
 * @param kv how KV memory is given out and transfers start; default: waiting, without rounding, pushed
 */
public record Behaviour(
        Routing routing, QueueOrder order, List<Disturbance> disturbances, FaultPolicy onFailure, KvPolicy kv) {
    /** The defaults. */
    public static final Behaviour DEFAULT =
            new Behaviour(Routing.PLANNED, QueueOrder.FIRST_COME, List.of(), FaultPolicy.RETRY, KvPolicy.DEFAULT);

    /** Copies the list; rejects work that waits for what never comes back. */
    public Behaviour {
        disturbances = List.copyOf(disturbances);
        for (Disturbance disturbance : disturbances) {
            if (onFailure == FaultPolicy.WAIT && disturbance.isForever()) {
                throw new IllegalArgumentException(disturbance.target()
                        + " must come back, since work waits for it: give the time when its outage ends");
            }
        }
    }

    /** The same with another routing. */
    public Behaviour withRouting(Routing newRouting) {
        return new Behaviour(newRouting, order, disturbances, onFailure, kv);
    }

    /** The same with another order of the queues. */
    public Behaviour withOrder(QueueOrder newOrder) {
        return new Behaviour(routing, newOrder, disturbances, onFailure, kv);
    }

    /** The same with other disturbances. */
    public Behaviour withDisturbances(List<Disturbance> newDisturbances) {
        return new Behaviour(routing, order, newDisturbances, onFailure, kv);
    }

    /** The same with another policy for failures. */
    public Behaviour withOnFailure(FaultPolicy newPolicy) {
        return new Behaviour(routing, order, disturbances, newPolicy, kv);
    }

    /** The same with another policy for KV memory. */
    public Behaviour withKv(KvPolicy newPolicy) {
        return new Behaviour(routing, order, disturbances, onFailure, newPolicy);
    }
}
