package org.partiflow.io;

import java.util.List;
import java.util.stream.Collectors;

/** A file cannot be used. Holds all that is wrong with it; the message has one line per problem. */
public final class InvalidFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<FileProblem> problems;

    /** Makes the exception of at least one problem. */
    public InvalidFileException(List<FileProblem> problems) {
        super(problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, in the order of the file. */
    public List<FileProblem> problems() {
        return problems;
    }
}
