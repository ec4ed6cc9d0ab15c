package org.partiflow.cli;

import java.io.PrintWriter;
import org.partiflow.api.spi.BackendUnavailableException;
import org.partiflow.io.InvalidFileException;
import org.partiflow.io.OutputException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into messages and exit codes: no stack trace unless PARTIFLOW_DEBUG is set. Stateless. */
final class Failures {
    private static final String DEBUG = "PARTIFLOW_DEBUG";

    private Failures() {}

    static int badUsage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("partiflow: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCodes.USAGE;
    }

    static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        int code = report(failure, err);
        if (System.getenv(DEBUG) != null) {
            failure.printStackTrace(err);
        }
        command.getOut().flush();
        err.flush();
        return code;
    }

    private static int report(Exception failure, PrintWriter err) {
        if (failure instanceof InvalidFileException invalid) {
            invalid.problems().forEach(problem -> err.println("partiflow: " + problem));
            return ExitCodes.USAGE;
        }
        if (failure instanceof IllegalArgumentException
                || failure instanceof OutputException
                || failure instanceof BackendUnavailableException) {
            err.println("partiflow: " + failure.getMessage());
            return ExitCodes.USAGE;
        }
        err.println("partiflow: internal error: " + failure);
        err.println("This is a bug in Partiflow. Set " + DEBUG + "=1 and run it again to see where it happened.");
        return ExitCodes.FAILED;
    }
}
