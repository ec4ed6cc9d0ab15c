package org.partiflow.api.workload;

import java.util.List;
import java.util.Optional;

/**
 * The requests to serve.
 *
 * @param name shown in plans and reports
 * @param classes request classes; shares sum to 1
 * @param arrivals when they arrive
 * @param slo latency targets, if any
 */
public record Workload(String name, List<RequestClass> classes, Arrivals arrivals, Optional<SloTarget> slo) {
    private static final double SHARE_TOLERANCE = 1e-6;

    /** Copies the list; rejects shares that do not sum to 1. */
    public Workload {
        classes = List.copyOf(classes);
        double sum = classes.stream().mapToDouble(RequestClass::share).sum();
        if (Math.abs(sum - 1) > SHARE_TOLERANCE) {
            throw new IllegalArgumentException("shares of workload '" + name + "' sum to " + sum + ", not 1");
        }
    }

    /** One class of requests with fixed lengths, Poisson arrivals at 1 /s, no targets. */
    public static Workload fixed(String name, int promptTokens, int outputTokens) {
        RequestClass only = new RequestClass(name, 1, new FixedLengths(promptTokens, outputTokens));
        return new Workload(name, List.of(only), Arrivals.poisson(1), Optional.empty());
    }

    /** The longest prompt that can occur, tokens. */
    public int maxPrompt() {
        return classes.stream().mapToInt(c -> c.lengths().maxPrompt()).max().orElseThrow();
    }

    /** The longest sum of prompt and output that can occur, tokens. */
    public int maxTotal() {
        return classes.stream().mapToInt(c -> c.lengths().maxTotal()).max().orElseThrow();
    }

    /** Moments of the lengths over all classes. */
    public LengthMoments moments() {
        return LengthMoments.of(classes);
    }
}
