package org.partiflow.api.control;

/** What a listener hears of a running solve. */
public sealed interface ProgressEvent {
    /** A step of the work begins; {@code description} is fit for a person. */
    record StepStarted(String description) implements ProgressEvent {}

    /** A better plan was found. */
    record Improved(double requestsPerSecond, double upperBound, long evaluations) implements ProgressEvent {}

    /** Work so far, out of an expected total that may still change. */
    record Advanced(long done, long expected) implements ProgressEvent {}
}
