package org.partiflow.io.internal.tree;

/** Which sign a quantity may have. */
public enum Sign {
    /** Above zero. */
    POSITIVE("it must be above zero"),
    /** Zero or above. */
    NOT_NEGATIVE("it must not be negative");

    private final String rule;

    Sign(String rule) {
        this.rule = rule;
    }

    boolean allows(double value) {
        return this == POSITIVE ? value > 0 : value >= 0;
    }

    String rule() {
        return rule;
    }
}
