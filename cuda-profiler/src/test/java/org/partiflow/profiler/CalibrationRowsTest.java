package org.partiflow.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CalibrationRowsTest {
    @Test
    void everyMeasurementThatTheCostModelKnowsIsARow() throws IOException {
        RawProfile profile = sample();
        Map<String, List<String>> tables = CalibrationRows.of(profile, "MyGPU");
        assertThat(tables.keySet()).containsExactly("attention-decode", "attention-prefill", "collective", "gemm");
        assertThat(tables.get("gemm")).hasSize(1 + profile.gemms().size());
        assertThat(tables.get("attention-decode"))
                .hasSize(1 + profile.decodeAttention().size());
        assertThat(tables.get("attention-prefill"))
                .hasSize(1 + profile.prefillAttention().size());
        assertThat(tables.get("collective")).hasSize(1 + profile.collectives().size());
        Measured.Gemm first = profile.gemms().get(0);
        String[] header = tables.get("gemm").get(0).split(",", -1);
        String[] row = tables.get("gemm").get(1).split(",", -1);
        assertThat(header).containsExactly("gpu", "dtype", "m", "n", "k", "latency_us");
        assertThat(row).startsWith("MyGPU", "bfloat16", "1", "4096", "4096");
        assertThat(Double.parseDouble(row[5]) * 1e-6)
                .isCloseTo(first.timing().medianSeconds(), org.assertj.core.api.Assertions.within(1e-9));
        for (List<String> rows : tables.values()) {
            int cells = rows.get(0).split(",", -1).length;
            assertThat(rows).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(cells));
        }
    }

    static RawProfile sample() throws IOException {
        try (InputStream stream = CalibrationRowsTest.class.getResourceAsStream("synthetic-profile.json")) {
            return new RawProfileReader()
                    .read(new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
