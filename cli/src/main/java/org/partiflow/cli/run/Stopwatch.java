package org.partiflow.cli.run;

/** Measures wall time. */
public final class Stopwatch {
    private static final double NANOS = 1e9;

    private long start = System.nanoTime();

    /** Seconds since the start or the last call. */
    public double lapSeconds() {
        long now = System.nanoTime();
        double seconds = (now - start) / NANOS;
        start = now;
        return seconds;
    }
}
