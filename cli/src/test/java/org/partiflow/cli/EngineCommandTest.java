package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private Outcome replay(String trace, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("trace.csv"), trace);
        List<String> line = new java.util.ArrayList<>(
                List.of("simulate", "--engine", "vllm", "--gpu", "RTX4090", "--model", "llama-3.1-8b"));
        line.addAll(List.of("--trace-in", file.toString(), "--max-num-seqs", "128"));
        line.addAll(List.of(more));
        return Outcome.of(line.toArray(String[]::new));
    }

    @Test
    void writesOneRowPerRequestInTheOrderOfTheTrace() throws IOException {
        Path report = directory.resolve("report.json");
        Path requests = directory.resolve("requests.csv");
        Outcome outcome = replay(
                "arrival_s,input_toks,output_toks\n0.25,100,10\n0.5,3000,1\n60,20,5\n",
                "--max-num-batched-tokens",
                "2048",
                "--out",
                report.toString(),
                "--requests-out",
                requests.toString());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCodes.DONE);
        assertThat(Files.readString(report)).contains("\"report/1\"", "\"completed\": 3");
        List<String> rows = Files.readAllLines(requests);
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0)).isEqualTo("arrival_s,ttft_s,tpot_ms,e2e_s");
        assertThat(rows.get(1)).matches("0\\.25,0\\.\\d+,\\d+\\.\\d+,0\\.\\d+");
        assertThat(rows.get(2)).matches("0\\.5,\\d\\.\\d+,,\\d\\.\\d+");
        assertThat(rows.get(3)).startsWith("60.0,");
    }

    @Test
    void comparesWithWhatWasMeasured() throws IOException {
        String measured = "arrival_s,input_toks,output_toks,ttft_s,tpot_ms,e2e_s\n0,100,10,0.1,20,0.3\n9,50,5,,,0.2\n";
        Outcome outcome = replay(measured);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCodes.DONE);
        assertThat(outcome.out())
                .contains("MEASURED AGAINST SIMULATED")
                .containsPattern("Mean TPOT +20\\.0 ms")
                .containsPattern("Mean E2E +250 ms")
                .containsPattern("Median TTFT +100 ms")
                .contains("Median error of a request's E2E: ");
        assertThat(replay(measured, "--format", "json").err()).contains("Median error of a request's E2E: ");
        Outcome bad = replay(measured.replace("0.3", "soon"));
        assertThat(bad.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(bad.err()).contains("trace.csv: line 2: 'soon' is no number");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Outcome unsorted = replay("arrival_s,input_toks,output_toks\n1,1,1\n0,1,1\n");
        assertThat(unsorted.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(unsorted.err()).contains("trace.csv: line 3: the arrival goes back in time");
        Outcome empty = replay("arrival_s,input_toks,output_toks\n");
        assertThat(empty.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(empty.err()).contains("has no request");
        Outcome small = replay("arrival_s,input_toks,output_toks\n0,1,1\n", "--kv-tokens", "3");
        assertThat(small.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(small.err()).contains("must hold a block of 16 tokens");
    }
}
