package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionCommandTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void writesOneBlockByLine() throws IOException {
        Path graph = write("4 4 001\n2 9 3 1\n1 9 4 1\n1 1 4 9\n2 1 3 9\n");
        Path out = directory.resolve("g.part");
        Outcome outcome = Outcome.of(
                "partition", "--graph", graph.toString(), "--k", "2", "--out", out.toString(), "--seed", "3");
        assertThat(outcome.code()).isEqualTo(ExitCodes.DONE);
        assertThat(outcome.out()).contains("feasible: yes", "cut: 2", "imbalance: 0.00000");
        assertThat(Files.readString(out)).isEqualTo("0\n0\n1\n1\n");
    }

    @Test
    void saysThatInfeasibilityIsProven() throws IOException {
        Path graph = write("3 2 010\n5 2\n5 1 3\n5 2\n");
        Outcome outcome = Outcome.of(
                "partition", "--graph", graph.toString(), "--k", "2", "--imbalance", "0", "--strategy", "exact");
        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.out()).contains("feasible: no, proven");
    }

    @Test
    void namesTheSmallestFeasibleImbalanceAndAnswersThereOnRequest() throws IOException {
        Path graph = write("3 2 010\n5 2\n5 1 3\n5 2\n");
        Path out = directory.resolve("g.part");
        String[] asked = {
            "partition", "--graph", graph.toString(), "--k", "2", "--imbalance", "0.03", "--out", out.toString()
        };
        Outcome refused = Outcome.of(asked);
        assertThat(refused.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(refused.out()).contains("smallest feasible imbalance: 0.250000 (proven; heaviest block 10");
        assertThat(out).doesNotExist();
        String[] relaxed = java.util.Arrays.copyOf(asked, asked.length + 1);
        relaxed[asked.length] = "--relax";
        Outcome answered = Outcome.of(relaxed);
        assertThat(answered.code()).isEqualTo(ExitCodes.DONE);
        assertThat(answered.out()).contains("imbalance: 0.25000", "cut: 1");
        assertThat(Files.readString(out)).hasLineCount(3);
    }

    @Test
    void namesTheLineOfABadGraph() throws IOException {
        Outcome outcome =
                Outcome.of("partition", "--graph", write("2 1\n2\nx\n").toString(), "--k", "2");
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).contains("g.graph:3: neighbour expected");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("g.graph"), text);
    }
}
