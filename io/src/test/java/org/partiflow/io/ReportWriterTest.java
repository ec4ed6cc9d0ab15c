package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    private final ReportWriter writer = new ReportWriter();

    @Test
    void writesAllFieldsInOrder(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("report.json");
        writer.write(Samples.report(true), file);
        JsonNode root = new ObjectMapper().readTree(Files.readString(file));

        assertThat(root.fieldNames())
                .toIterable()
                .containsExactly(
                        "partiflow",
                        "requests",
                        "throughput",
                        "latency",
                        "slo",
                        "goodputRequestsPerSecond",
                        "groups",
                        "links",
                        "cost",
                        "confidence");
        assertThat(root.at("/latency/kvTransferVisibleSeconds/p99").asDouble()).isEqualTo(0.333333333333);
        assertThat(root.at("/slo/attainment").asDouble()).isEqualTo(0.9);
        assertThat(root.at("/groups/0/kvPeakUtilization").asDouble()).isEqualTo(0.75);
        assertThat(root.at("/links/0/id").asText()).isEqualTo("nic:h0");
    }

    @Test
    void withoutTargetsAndSearchTheyAreNullAndAbsent() {
        String text = new String(writer.toBytes(Samples.report(false)), StandardCharsets.UTF_8);
        assertThat(text).contains("\"slo\": null").doesNotContain("goodput");
    }
}
