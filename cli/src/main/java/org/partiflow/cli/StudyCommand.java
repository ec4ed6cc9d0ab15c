package org.partiflow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.partiflow.cli.run.Interruption;
import org.partiflow.cli.run.ProgressView;
import org.partiflow.io.OutputException;
import org.partiflow.studies.page.StudyReport;
import org.partiflow.studies.results.Answer;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.run.Shard;
import org.partiflow.studies.run.StudyOptions;
import org.partiflow.studies.run.StudyResult;
import org.partiflow.studies.run.StudyRunner;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;
import org.partiflow.studies.words.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code partiflow study}. */
@Command(
        name = "study",
        description = "Runs a study: plans and simulates every cell of its grids, and reports what they say.",
        subcommands = StudyMergeCommand.class,
        mixinStandardHelpOptions = true)
final class StudyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--study", paramLabel = "FILE", description = "Study file (study/1). Required.")
    private @Nullable Path study;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results; made if missing. Required.")
    private @Nullable Path out;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Run the I-th of N parts only; 'partiflow study merge' joins them.")
    private @Nullable String shard;

    @Option(names = "--resume", description = "Go on with what DIR holds from an interrupted run.")
    private boolean resume;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Worker threads; never changes a result. Default: all processors.")
    private @Nullable Integer threads;

    @Override
    public Integer call() {
        if (study == null || out == null) {
            throw new ParameterException(spec.commandLine(), "Missing required options: --study=FILE and --out=DIR");
        }
        Shard part = shard == null ? Shard.WHOLE : Shard.parse(shard);
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (workers < 1) {
            throw new IllegalArgumentException("--threads must be at least 1, got " + workers);
        }
        Study read = new StudyReader().readOrThrow(study);
        makeDirectory(out);
        PrintWriter err = spec.commandLine().getErr();
        try (Interruption interruption = Interruption.listen(err)) {
            StudyResult result = run(read, part, workers, out, interruption);
            if (!result.isComplete()) {
                err.println("partiflow: interrupted after " + Numbers.count(result.finished()) + " of "
                        + Numbers.count(result.cells()) + " cells; go on with --resume");
                err.flush();
                return ExitCodes.INTERRUPTED;
            }
            if (part.of() > 1) {
                err.println("Wrote " + result.log() + " (" + Numbers.count(result.finished()) + " cells)");
                err.flush();
                return ExitCodes.DONE;
            }
            return report(spec, read, result);
        }
    }

    private StudyResult run(Study read, Shard part, int workers, Path directory, Interruption interruption) {
        try (ProgressView progress = ProgressView.start(read.name())) {
            return new StudyRunner()
                    .run(
                            read,
                            new StudyOptions(
                                    directory,
                                    part,
                                    resume,
                                    workers,
                                    interruption.token(),
                                    progress,
                                    System::nanoTime));
        }
    }

    static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new OutputException("cannot make the folder '" + directory + "'; choose another place", e);
        }
    }

    /** Writes the report and prints the answers. */
    static int report(CommandSpec spec, Study study, StudyResult result) {
        Findings findings = StudyReport.write(study, result);
        PrintWriter stdout = spec.commandLine().getOut();
        for (Answer answer : findings.answers()) {
            stdout.println(answer.question().ask());
            stdout.println("  " + answer.sentence());
            if (!answer.claim().isEmpty()) {
                stdout.println("  " + answer.claim());
            }
        }
        stdout.flush();
        PrintWriter err = spec.commandLine().getErr();
        for (Findings.Trouble trouble : findings.troubles()) {
            err.println("partiflow: warning: " + Numbers.count(trouble.cells()) + " cells "
                    + (trouble.status().equals("FAILED") ? "failed" : "have no feasible plan") + ", the first of them "
                    + trouble.firstCell() + ": " + trouble.reason());
        }
        err.println("Wrote " + result.log().resolveSibling("index.html") + ", summary.md, effects.csv and cells.csv ("
                + Numbers.count(result.cells()) + " cells)");
        err.flush();
        return ExitCodes.DONE;
    }
}
