package org.partiflow.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code partiflow} command. */
@Command(
        name = "partiflow",
        description = "Plans how to serve a large language model on GPUs that are not all alike.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        preprocessor = EngineRouting.class,
        subcommands = {
            DemoCommand.class,
            PlanCommand.class,
            CheckCommand.class,
            SimulateCommand.class,
            CompareCommand.class,
            ReplanCommand.class,
            EngineCommand.class,
            PredictCommand.class,
            ProfileCommand.class,
            CalibrateCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            ListCommand.class,
            PartitionCommand.class,
            StudyCommand.class,
            HelixCommand.class,
            CommandLine.HelpCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    done",
            "  1    valid input, but no feasible plan or a failed check",
            "  2    bad usage or bad input",
            "  130  interrupted; the best plan so far is written"
        })
public final class PartiflowCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs the command that the arguments name, and ends the process with its exit code. */
    public static void main(String[] args) {
        CommandLine command = commandLine().setOut(writer(FileDescriptor.out)).setErr(writer(FileDescriptor.err));
        System.exit(command.execute(args));
    }

    /** The command line, ready to execute; writes to what its {@code setOut} and {@code setErr} are given. */
    public static CommandLine commandLine() {
        CommandLine command = new CommandLine(new PartiflowCommand());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setUsageHelpAutoWidth(true);
        command.setParameterExceptionHandler(Failures::badUsage);
        command.setExecutionExceptionHandler(Failures::failed);
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: plan, check, simulate, ...");
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
