package org.partiflow.api.spi;

/** The environment lacks what a backend needs, for example a native library; the message names the remedy. */
public final class BackendUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the backend's name, the reason and the remedy in one message. */
    public BackendUnavailableException(String message) {
        super(message);
    }
}
