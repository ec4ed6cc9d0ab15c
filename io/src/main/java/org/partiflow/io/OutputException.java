package org.partiflow.io;

import org.jspecify.annotations.Nullable;

/** A file cannot be written. The message names the file, the reason and what to do. */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes the exception of its message and cause. */
    public OutputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
