package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.partiflow.io.Samples.bytes;
import static org.partiflow.io.Samples.problems;
import static org.partiflow.io.Samples.value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsReaderTest {
    private static final String FAULTS = """
            partiflow: faults/1
            faults:
              - {target: h0/1, at: 100 s, for: 50 s}
              - {target: h1, at: 2 min}
              - {target: h0/nic-out, at: 0 s, for: 20 ms, speed: 0.3}
            """;

    private final FaultsReader reader = new FaultsReader();

    @Test
    void readsWhatFailsAndSlows() {
        assertThat(value(reader.read("f.yaml", bytes(FAULTS))).faults())
                .containsExactly(
                        new Faults.Fault("h0/1", 100, 150, 0),
                        new Faults.Fault("h1", 120, Double.POSITIVE_INFINITY, 0),
                        new Faults.Fault("h0/nic-out", 0, 0.02, 0.3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            at: 100 s   | at: 100     | f.yaml: faults[0].at
            at: 100 s   | at: -1 s    | f.yaml: faults[0].at
            for: 50 s   | for: 0 s    | f.yaml: faults[0].for
            for: 50 s   | fore: 50 s  | f.yaml: faults[0].fore: unknown field 'fore' (did you mean 'for'?)
            speed: 0.3  | speed: 1    | f.yaml: faults[2].speed
            faults/1    | faults/2    | version 'faults/2' is not supported
            """)
    void saysWhatIsWrong(String from, String to, String expected) {
        assertThat(problems(reader.read("f.yaml", bytes(FAULTS.replace(from, to)))))
                .anyMatch(problem -> problem.contains(expected));
    }
}
