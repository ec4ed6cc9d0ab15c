package org.partiflow.profiler;

/** This machine cannot profile: no compiler or no usable GPU. The message is one line and names the remedy. */
public final class ProfilerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProfilerUnavailableException(String message) {
        super(message);
    }
}
