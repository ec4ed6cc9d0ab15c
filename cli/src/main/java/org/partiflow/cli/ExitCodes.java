package org.partiflow.cli;

/** Exit codes of every command. */
public final class ExitCodes {
    /** Done. */
    public static final int DONE = 0;
    /** Valid input, but no feasible plan or a failed check; also a bug in Partiflow. */
    public static final int FAILED = 1;
    /** Bad usage or bad input. */
    public static final int USAGE = 2;
    /** Interrupted; the best result so far was written. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
