package org.partiflow.partitioning.metis;

import java.io.Serial;

/** A graph file that cannot be read; the message names file, line, what is wrong and what was expected. */
public final class MetisFormatException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    MetisFormatException(String file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }
}
