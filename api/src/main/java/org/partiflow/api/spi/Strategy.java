package org.partiflow.api.spi;

import java.util.Optional;

/** Something interchangeable that is found by its name through {@link java.util.ServiceLoader}. */
public interface Strategy {
    /** Stable kebab-case name. */
    String name();

    /** One sentence for listings. */
    String description();

    /** Why it cannot be used here and what would help; empty if it can be used. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }
}
