package org.partiflow.fuzz;

import java.util.List;
import org.partiflow.io.FileProblem;

/** What a reader may say about a file that it refuses. Stateless. */
final class Complaints {
    /** The name that files have here. */
    static final String FILE = "input";

    private static final int LONGEST = 4_000;

    private Complaints() {}

    /** Fails unless there is a problem and each has a message. */
    static void require(List<FileProblem> problems) {
        if (problems.isEmpty()) {
            throw new AssertionError("refused without a problem");
        }
        problems.forEach(problem -> requireMessage(problem.message()));
    }

    /** Fails unless the message is there and is one that a person would read. */
    static void requireMessage(@org.jspecify.annotations.Nullable String message) {
        if (message == null || message.isBlank()) {
            throw new AssertionError("a problem without a message");
        }
        if (message.length() > LONGEST) {
            throw new AssertionError("a message of " + message.length() + " characters");
        }
    }
}
