package org.partiflow.api.spi;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds strategies by name among those on the class path. Stateless and thread-safe. */
public final class Strategies {
    private Strategies() {}

    /** All strategies of a kind, by name. */
    public static <S extends Strategy> List<S> all(Class<S> kind) {
        return ServiceLoader.load(kind, kind.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Strategy::name))
                .toList();
    }

    /**
     * The strategy of this name.
     *
     * @throws IllegalArgumentException if there is none or more than one; the message lists the choices
     * @throws BackendUnavailableException if it exists but cannot be used here
     */
    public static <S extends Strategy> S named(Class<S> kind, String name) {
        List<S> all = all(kind);
        List<S> matches = all.stream().filter(s -> s.name().equals(name)).toList();
        if (matches.size() != 1) {
            String choices = all.stream().map(Strategy::name).distinct().collect(Collectors.joining(", "));
            throw new IllegalArgumentException((matches.isEmpty() ? "no " : "more than one ") + kind.getSimpleName()
                    + " is named '" + name + "'; choose from: " + choices);
        }
        S found = matches.get(0);
        found.unavailable().ifPresent(reason -> {
            throw new BackendUnavailableException("'" + name + "' is not available: " + reason);
        });
        return found;
    }
}
