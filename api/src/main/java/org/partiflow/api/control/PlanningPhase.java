package org.partiflow.api.control;

/**
 * A phase of a solve that runs, for Java Flight Recorder: {@code try (PlanningPhase phase = PlanningPhase.begin("bound",
 * budget)) { ... }}. Costs nothing measurable while nobody records. Phases may be nested. Not thread-safe: one thread, as
 * its budget.
 */
public final class PlanningPhase implements AutoCloseable {
    /** Name of the events. */
    public static final String EVENT = "org.partiflow.PlanningPhase";

    private final PhaseEvent event = new PhaseEvent();
    private final Budget budget;
    private final long before;

    private PlanningPhase(String phase, Budget budget) {
        this.budget = budget;
        before = budget.evaluations();
        event.phase = phase;
        event.begin();
    }

    /** A phase that begins now; {@code budget} counts its evaluations. */
    public static PlanningPhase begin(String phase, Budget budget) {
        return new PlanningPhase(phase, budget);
    }

    /** Notes the value of the best plan of the phase, or its bound. */
    public void found(double requestsPerSecond) {
        event.requestsPerSecond = requestsPerSecond;
    }

    /** Ends the phase. */
    @Override
    public void close() {
        event.end();
        if (event.shouldCommit()) {
            event.evaluations = budget.evaluations() - before;
            event.commit();
        }
    }
}
