package org.partiflow.profiler;

/** Compiling or measuring was possible but went wrong. */
public final class ProfilerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Reason {
        /** The compiler rejected the program. */
        COMPILATION,
        /** The GPU or the host had too little free memory. */
        OUT_OF_MEMORY,
        /** A result differed from its CPU reference, or a measured value was not finite. */
        SELF_CHECK,
        /** The time limit passed. */
        TIMEOUT,
        /** Any other CUDA or system error. */
        CRASH
    }

    private final Reason reason;

    ProfilerFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }
}
