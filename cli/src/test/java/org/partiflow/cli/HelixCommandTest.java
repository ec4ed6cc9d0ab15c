package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelixCommandTest {
    /** Two machines in a row serve 20 tokens/s, each alone cannot hold the model. */
    private static final String INSTANCE = """
            {"cluster": "two", "model": {"name": "m", "layers": 4, "token_bytes": 2, "activation_bytes_per_token": 98},
             "machine_types": {"A": {"tokens_per_s_by_layers": [40.0, 20.0, 9.0]}},
             "nodes": [{"id": 0, "type": "A"}, {"id": 1, "type": "A"}],
             "links": [["source", 0, 4000, 0], ["source", 1, 4000, 0], [0, 1, 50000, 0], [0, "sink", 4000, 0],
                       [1, "sink", 4000, 0]]}
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void placesLayersAndProvesIt() throws IOException {
        Path out = directory.resolve("sol.ini");
        Outcome outcome = Outcome.of("helix", "--instance", write(INSTANCE).toString(), "--out", out.toString());
        assertThat(outcome.code()).isEqualTo(ExitCodes.DONE);
        assertThat(outcome.out()).contains("max flow   20.0000 tokens/s", "2.00 machines", "proven greatest");
        assertThat(Files.readString(out)).contains("offset = 2", "= [0, 1]", "= [2, 3]");
    }

    @Test
    void jsonIsPrintedAlone() throws IOException {
        Outcome outcome = Outcome.of("helix", "--instance", write(INSTANCE).toString(), "--format", "json");
        assertThat(outcome.code()).isEqualTo(ExitCodes.DONE);
        assertThat(outcome.out())
                .startsWith("{\"partiflow\": \"layers/1\"")
                .contains("\"tokensPerSecond\": 20.000000", "\"proven\": true", "\"to\": \"sink\"");
    }

    @Test
    void tooFewLayersIsInfeasible() throws IOException {
        Path instance = write(INSTANCE.replace("\"layers\": 4", "\"layers\": 40"));
        Outcome outcome = Outcome.of("helix", "--instance", instance.toString());
        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.err()).contains("hold at most 6 layers, the model has 40");
    }

    @Test
    void aBadFileIsNamed() throws IOException {
        Outcome outcome =
                Outcome.of("helix", "--instance", write("{\"cluster\": 1}").toString());
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).contains("helix.json: model: is missing");
        Outcome discount = Outcome.of("helix", "--instance", write(INSTANCE).toString(), "--length-discount", "1");
        assertThat(discount.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(discount.err()).contains("the length discount must be in [0, 1)");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("helix.json"), text);
    }
}
