package org.partiflow.simulator;

import java.util.List;

/**
 * How the serving system behaves beside what the plan says. Immutable.
 *
 * @param routing how requests are given their groups; default: as planned
 * @param order of the queues of prefill groups; default: first come, first served
 * @param disturbances what is slow or down, and when; default: nothing
 */
public record Behaviour(Routing routing, QueueOrder order, List<Disturbance> disturbances) {
    /** The defaults. */
    public static final Behaviour DEFAULT = new Behaviour(Routing.PLANNED, QueueOrder.FIRST_COME, List.of());

    /** Copies the list. */
    public Behaviour {
        disturbances = List.copyOf(disturbances);
    }

    /** The same with another routing. */
    public Behaviour withRouting(Routing newRouting) {
        return new Behaviour(newRouting, order, disturbances);
    }

    /** The same with another order of the queues. */
    public Behaviour withOrder(QueueOrder newOrder) {
        return new Behaviour(routing, newOrder, disturbances);
    }

    /** The same with other disturbances. */
    public Behaviour withDisturbances(List<Disturbance> newDisturbances) {
        return new Behaviour(routing, order, newDisturbances);
    }
}
