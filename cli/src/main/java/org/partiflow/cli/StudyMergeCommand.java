package org.partiflow.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.partiflow.studies.run.StudyMerge;
import org.partiflow.studies.run.StudyResult;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code partiflow study merge}. */
@Command(
        name = "merge",
        description = "Joins the shards of a study and reports what they say.",
        mixinStandardHelpOptions = true)
final class StudyMergeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--study", required = true, paramLabel = "FILE", description = "Study file (study/1).")
    private Path study = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the results.")
    private Path out = Path.of("");

    @Parameters(arity = "1..*", paramLabel = "SHARD", description = "Folders that --shard wrote to, in any order.")
    private List<Path> shards = List.of();

    @Override
    public Integer call() {
        Study read = new StudyReader().readOrThrow(study);
        StudyCommand.makeDirectory(out);
        StudyResult result = StudyMerge.merge(read, out, shards);
        return StudyCommand.report(spec, read, result);
    }
}
