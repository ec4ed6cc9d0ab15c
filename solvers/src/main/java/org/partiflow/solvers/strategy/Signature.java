package org.partiflow.solvers.strategy;

import java.util.Arrays;

/** A key made of integers, with its hash computed once. Immutable. */
public final class Signature {
    private final int[] key;
    private final int hash;

    Signature(int[] key) {
        this.key = key;
        hash = Arrays.hashCode(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature s && s.hash == hash && Arrays.equals(s.key, key);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
