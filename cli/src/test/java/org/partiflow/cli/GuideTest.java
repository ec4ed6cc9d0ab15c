package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.control.CancellationToken;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.Catalogue;
import picocli.CommandLine;

/** Runs what the guide shows. */
class GuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern FILE_OPTION = Pattern.compile("--(cluster|plan|out)");

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"getting-started.md", "calibrating.md"})
    void everyCommandWorks(String page) throws IOException {
        int commands = 0;
        Matcher block = BLOCK.matcher(Files.readString(GUIDE.resolve(page)));
        while (block.find()) {
            if (block.group(1).equals("yaml")) {
                Files.writeString(directory.resolve("cluster.yaml"), block.group(2));
            } else if (block.group(1).equals("console")) {
                for (String line : block.group(2).lines().toList()) {
                    run(line);
                    commands++;
                }
            }
        }
        assertThat(commands).isPositive();
    }

    private void run(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        assertThat(words.get(0)).isEqualTo("./partiflow");
        for (int i = 2; i < words.size(); i++) {
            if (FILE_OPTION.matcher(words.get(i - 1)).matches()) {
                words.set(i, directory.resolve(words.get(i)).toString());
            }
        }
        StringWriter err = new StringWriter();
        CommandLine command = PartiflowCommand.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true));
        int code = command.execute(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(code).as(line + "\n" + err).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void embeddingWorks() {
        // guide begins
        Node h100 = new Node(
                "h0",
                Catalogue.findGpuType("H100-SXM-80GB").orElseThrow(),
                4,
                "default",
                new Link(LinkKind.NVSWITCH, Bandwidth.ofGigabytesPerSecond(450), Duration.ofNanos(3_000)),
                new Nic(Bandwidth.ofGigabitsPerSecond(100), Duration.ofNanos(10_000)),
                3.69);
        Cluster cluster = new Cluster("mine", List.of(h100), Fabric.NIC_ONLY, List.of());
        TransformerModel model =
                Catalogue.findModel("llama-3.1-8b").orElseThrow().value();
        PlanningProblem problem = PlanningProblem.of(cluster, model, Workload.fixed("chat", 1000, 200));

        CancellationToken stop = new CancellationToken();
        List<String> heard = new ArrayList<>();
        SolveControl control = new SolveControl(
                Long.MAX_VALUE, Optional.of(Duration.ofMillis(500)), 1, stop, event -> heard.add(event.toString()));
        PlanningResult result = Strategies.named(Planner.class, "partiflow")
                .plan(new PlanningRequest(
                        problem,
                        Strategies.named(CostModelFactory.class, "roofline").create(problem),
                        PlanningOptions.DEFAULT,
                        control));
        // guide ends
        assertThat(result).isInstanceOf(PlanningResult.Planned.class);
        assertThat(heard).isNotEmpty();
        assertThat(stop.isCancelled()).isFalse();
    }

    /** Java of the guide is part of what is compiled: of this class or of the example that is built by another test. */
    @Test
    void everyBlockOfCodeIsRunOrCompiled() throws IOException {
        StringBuilder compiled =
                new StringBuilder(Files.readString(Path.of("src/test/java/org/partiflow/cli/GuideTest.java")));
        try (Stream<Path> sources = Files.walk(Path.of("..", "examples", "scheduler", "src"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                compiled.append(Files.readString(source));
            }
        }
        String code = withoutIndents(compiled.toString());
        List<String> executed = List.of("getting-started.md", "calibrating.md");
        int blocks = 0;
        try (Stream<Path> pages = Files.list(GUIDE)) {
            for (Path page : pages.sorted().toList()) {
                Matcher block = BLOCK.matcher(Files.readString(page));
                while (block.find()) {
                    blocks++;
                    if (block.group(1).equals("java")) {
                        assertThat(code).contains(withoutIndents(block.group(2)));
                    } else {
                        assertThat(block.group(1)).isIn("console", "yaml");
                        assertThat(executed).contains(String.valueOf(page.getFileName()));
                    }
                }
            }
        }
        assertThat(blocks).isGreaterThanOrEqualTo(9);
    }

    private static String withoutIndents(String text) {
        return text.replaceAll("(?m)^ +", "");
    }

    @Test
    void theGuideShowsWhatWasCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/partiflow/cli/GuideTest.java"));
        String[] parts = source.split(" {8}// guide (begins|ends)\n", -1);
        String example = parts[1].replaceAll("(?m)^ {8}", "");
        assertThat(Files.readString(GUIDE.resolve("embedding.md"))).contains("```java\n" + example + "```");
        assertThat(Arrays.asList(parts)).hasSizeGreaterThanOrEqualTo(3);
    }
}
