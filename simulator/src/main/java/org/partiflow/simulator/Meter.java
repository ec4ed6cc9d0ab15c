package org.partiflow.simulator;

/** Adds up a rate over time, inside the steady window and also over all that follows its start. */
final class Meter {
    private final Window window;
    private double steady;
    private double whole;

    Meter(Window window) {
        this.window = window;
    }

    void add(double from, double to, double perSecond) {
        steady += window.overlap(from, to) * perSecond;
        whole += window.after(from, to) * perSecond;
    }

    /** The sum inside {@code measured}: the steady window, or the same extended to the end of the run. */
    double sum(Window measured) {
        return measured.end() > window.end() ? whole : steady;
    }
}
