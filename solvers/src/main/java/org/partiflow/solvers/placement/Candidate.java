package org.partiflow.solvers.placement;

import java.util.List;
import org.partiflow.solvers.network.Group;

/** A candidate plan that was valued by {@link Candidates}. Immutable. */
public final class Candidate implements Comparable<Candidate> {
    private final Layout layout;

    Candidate(Layout layout) {
        this.layout = layout;
    }

    /** Its serving groups. */
    public List<Group> groups() {
        return layout.groups();
    }

    /** Requests per second that flow through it. */
    public double requestsPerSecond() {
        return layout.allocation().requestsPerSecond();
    }

    /** Whether the objective prefers this candidate. */
    public boolean isBetterThan(Candidate other) {
        return layout.score().isBetterThan(other.layout.score());
    }

    /** By the objective: the better candidate is greater. */
    @Override
    public int compareTo(Candidate other) {
        return layout.score().compareTo(other.layout.score());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Candidate candidate && candidate.layout.equals(layout);
    }

    @Override
    public int hashCode() {
        return layout.hashCode();
    }

    Layout layout() {
        return layout;
    }
}
