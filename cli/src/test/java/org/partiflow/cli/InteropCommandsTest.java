package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class InteropCommandsTest {
    private static final Path SAMPLES = Path.of("../interop/src/test/resources/org/partiflow/interop/imports");

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = PartiflowCommand.commandLine();
        return command.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void fromNodesOfKubernetesToManifestsForThem() throws IOException {
        String cluster = folder.resolve("cluster.yaml").toString();
        String nodes = SAMPLES.resolve("nodes.json").toString();
        assertThat(run("import", "--format", "kubernetes", "--nic", "100 Gbit/s", nodes, "--out", cluster))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(Path.of(cluster)))
                .startsWith("# Imported from kubernetes.")
                .contains("# Assumed: ");
        assertThat(err.toString()).contains("3 nodes, 20 GPUs").contains("assumed: ");

        String plan = folder.resolve("plan.json").toString();
        assertThat(run(
                        "plan",
                        "--cluster",
                        cluster,
                        "--model",
                        "llama-2-7b",
                        "--workload",
                        "HPLD",
                        "--planner",
                        "vllm-uniform",
                        "--out",
                        plan))
                .as(err.toString())
                .isZero();
        Path scripts = folder.resolve("deploy");
        assertThat(run(
                        "export",
                        "--format",
                        "vllm",
                        "--plan",
                        plan,
                        "--cluster",
                        cluster,
                        "--model",
                        "llama-2-7b",
                        "--workload",
                        "HPLD",
                        "--out",
                        scripts.toString()))
                .as(err.toString())
                .isZero();
        assertThat(scripts.resolve("README.txt")).exists();
        assertThat(scripts.resolve("hosts.sh")).content().contains("HOST_h100_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import --format xml x|no format is named 'xml'; choose from: kubernetes, nvidia-smi",
                "import --format nccl missing.xml|missing.xml: no such file",
                "import --format kubernetes --nic fast x|--nic: 'fast' is not a quantity",
                "import --format kubernetes --intra 32 x|is no KIND:RATE",
                "export --format helm --plan p --cluster c --model m --workload w --out o|no format is named 'helm'",
            })
    void badUsageIsNamed(String line, String message) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    }
}
