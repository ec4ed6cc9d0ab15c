package org.partiflow.solvers.bound;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the packings whose flow exceeds a value one after the other, by {@link PackingProof}: what a backend for integer
 * programs is checked by, and what replaces it where it fails. Deterministic. Not thread-safe.
 */
public final class PackingSearch {
    private static final long MOST_NODES = 20_000;

    private final PatternTable table;
    private final PackingProof proof;
    private final Set<List<Integer>> excluded;

    PackingSearch(PatternTable table, PackingProof proof, Set<List<Integer>> excluded) {
        this.table = table;
        this.proof = proof;
        this.excluded = excluded;
    }

    /**
     * A packing that was not met before and whose flow exceeds a value.
     *
     * @param requestsPerSecond the value
     * @return its groups; empty if there is none, or none was met among {@value #MOST_NODES} partial packings
     */
    public Optional<List<UpperBound.Suggestion>> next(double requestsPerSecond) {
        if (proof.exceeds(requestsPerSecond, MOST_NODES) != PackingProof.Outcome.EXCEEDED) {
            return Optional.empty();
        }
        Packing packing = proof.packing();
        excluded.add(packing.key());
        return Optional.of(packing.groups(table));
    }
}
