package org.partiflow.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.partiflow.studies.page.StudyReport;
import org.partiflow.studies.results.Findings;
import org.partiflow.studies.run.StudyResult;
import org.partiflow.studies.study.Study;
import org.partiflow.studies.study.StudyReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code spark-submit} starts: a study on Spark, and its report. */
@Command(name = "spark-study", description = "Runs a study on Apache Spark.", mixinStandardHelpOptions = true)
public final class SparkStudyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--study", required = true, description = "Study file (study/1), at a path that all executors see.")
    private Path study = Path.of("");

    @Option(names = "--out", required = true, description = "Folder for the results; made if missing.")
    private Path out = Path.of("");

    @Option(names = "--master", description = "Spark master, for example local[2]. Default: that of spark-submit.")
    private @Nullable String master;

    @Option(names = "--resume", description = "Go on with what the folder holds.")
    private boolean resume;

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SparkStudyCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Study read = new StudyReader().readOrThrow(study);
        Files.createDirectories(out);
        SparkConf conf = new SparkConf().setAppName("partiflow " + read.name()).set("spark.ui.enabled", "false");
        if (master != null) {
            conf.setMaster(master);
            if (master.startsWith("local")) {
                conf.set("spark.driver.host", "localhost").set("spark.driver.bindAddress", "127.0.0.1");
            }
        }
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            StudyResult result = SparkStudy.run(spark, study, out, resume);
            Findings findings = StudyReport.write(read, result);
            PrintWriter stdout = spec.commandLine().getOut();
            findings.answers()
                    .forEach(answer -> stdout.println(answer.question().ask() + "\n  " + answer.sentence()));
            stdout.flush();
        }
        return 0;
    }
}
