package org.partiflow.profiler;

/** A document is not a valid raw profile. */
public final class RawProfileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong with a document. */
    public enum Reason {
        /** It is not complete, well-formed JSON. */
        MALFORMED,
        /** It is JSON of another format or version. */
        WRONG_VERSION,
        /** A field is missing, unknown or out of range. */
        INVALID
    }

    private final Reason reason;

    RawProfileException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong with the document. */
    public Reason reason() {
        return reason;
    }
}
