package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.partiflow.io.Samples.CLUSTER;
import static org.partiflow.io.Samples.bytes;
import static org.partiflow.io.Samples.problems;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no files of ours, or mean harm: one clear problem each, quickly. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileFileTest {
    private final ClusterReader reader = new ClusterReader();

    @TempDir
    private Path directory;

    private List<String> read(String file, String content) {
        return problems(reader.read(file, bytes(content)));
    }

    private List<String> readFile(Path file) {
        return problems(reader.read(file));
    }

    private static void assertSingle(List<String> problems, String expected) {
        assertThat(problems).singleElement().asString().contains(expected).doesNotContain("Exception", "\n");
    }

    @Test
    void truncatedJson() {
        assertSingle(read("c.json", "{\"partiflow\": \"cluster/1\", \"nodes\": [{\"id\": \"a"), "is not valid JSON");
        assertSingle(read("c", "{\"partiflow\": \"cluster/1\", "), "is not valid JSON");
    }

    @Test
    void brokenYaml() {
        assertSingle(read("c.yaml", "nodes: [{id: a\nname: x"), "is not valid YAML");
        assertSingle(read("c.yaml", "a: b: c"), "c.yaml: line 1, column");
        assertSingle(read("c.yaml", "\tname: x"), "is not valid YAML");
    }

    @Test
    void emptyBlankAndCommentOnly() {
        assertSingle(read("c.yaml", ""), "c.yaml: is empty; give a YAML or JSON file");
        assertSingle(read("c.yaml", "  \n "), "is empty");
        assertSingle(read("c.yaml", "# nothing\n"), "has no content");
        assertSingle(read("c.yaml", "---\n"), "must be an object");
    }

    @Test
    void binary() {
        assertSingle(problems(reader.read("c.yaml", new byte[] {0x7f, 'E', 'L', 'F', 0, 0})), "is a binary file");
        assertSingle(problems(reader.read("c.yaml", new byte[] {(byte) 0xff, (byte) 0xfe, 1})), "is not UTF-8 text");
        assertSingle(read("c.yaml", "name: \u0001x"), "is not valid YAML");
    }

    @Test
    void aByteOrderMarkIsAccepted() {
        assertThat(reader.read("c.yaml", bytes("\uFEFF" + CLUSTER)).isValid()).isTrue();
    }

    @Test
    void duplicateKeys() {
        assertThat(read("c.json", "{\"name\": \"a\", \"name\": \"b\"}"))
                .contains("c.json: name: duplicate field 'name'; keep one");
        assertThat(read("c.yaml", "name: a\nname: b")).contains("c.yaml: name: duplicate field 'name'; keep one");
    }

    @Test
    void deeplyNested() {
        assertSingle(read("c.json", "{\"a\":".repeat(100_000)), "exceeds a limit of this reader");
        assertSingle(read("c.yaml", "[".repeat(100_000)), "exceeds a limit of this reader");
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            block.append(" ".repeat(i)).append("a:\n");
        }
        assertSingle(read("c.yaml", block.toString()), "exceeds a limit of this reader");
        assertSingle(read("c.yaml", "- ".repeat(50_000)), "exceeds a limit of this reader");
    }

    @Test
    void aliasesAreNotExpanded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(alias)
                    .append(", ")
                    .append(alias)
                    .append("]\n");
        }
        assertThat(read("c.yaml", bomb.toString()))
                .contains("c.yaml: a1[0]: YAML aliases such as '*a0' are not supported; write the value out");
        assertThat(read("c.yaml", "name: &n [*n]")).anyMatch(p -> p.contains("YAML aliases such as '*n' are not supported"));
    }

    @Test
    void longNumbersAndNames() {
        assertThat(read("c.json", "{\"name\": " + "9".repeat(1_000_000) + "}")).hasSize(1);
        assertThat(read("c.json", "{\"" + "n".repeat(1_000_000) + "\": 1}")).hasSize(1);
        assertThat(read("c.yaml", "n".repeat(500) + ": 1")).allMatch(p -> p.length() < 1000);
    }

    @Test
    void manyTinyValues() {
        assertSingle(read("c.json", "{\"nodes\": [" + "{},".repeat(5_000_000) + "{}]}"), "more than 500000 values");
        assertSingle(read("c.yaml", "nodes:\n" + "- {}\n".repeat(3_000_000)), "more than 500000 values");
    }

    @Test
    void oneHugeScalar() {
        assertSingle(read("c.yaml", "name: " + "x".repeat(15 << 20)), "has a line of more than 262144 characters");
        assertThat(read("c.yaml", ("name: " + "x".repeat(200_000) + "\n").repeat(10)))
                .isNotEmpty();
        assertThat(read("c.yaml", "name: |\n" + "  x\n".repeat(1 << 20))).isNotEmpty();
        assertThat(read("c.yaml", "? ".repeat(1 << 16))).hasSize(1);
        assertThat(read("c.yaml", "\n".repeat(15 << 20) + "name: x")).isNotEmpty();
    }

    @Test
    void jsonOnOneLongLineMayBeCalledYaml() {
        String nodes = "{\"id\": \"n\", \"gpu\": \"T4\"},".repeat(20_000);
        assertThat(read("c.yaml", "{\"nodes\": [" + nodes + "{}]}"))
                .anyMatch(p -> p.startsWith("c.yaml: nodes[1].id:"));
    }

    @Test
    void fieldNamesWithLineEndsStayOnOneLine() {
        assertThat(read("c.json", "{\"a\\nb\\u001b[31m\": 1}"))
                .allMatch(p -> p.chars().noneMatch(Character::isISOControl))
                .anyMatch(p -> p.contains("unknown field 'a b [31m'"));
    }

    @Test
    void tagsAreRefused() {
        assertThat(read("c.yaml", "name: !!binary aGVsbG8="))
                .contains("c.yaml: name: has a YAML tag that is not supported; write a plain value");
        assertThat(read("c.yaml", "name: !!javax.script.ScriptEngineManager []"))
                .isNotEmpty();
    }

    @Test
    void aFileOfAnotherFormatIsToldOnce() {
        assertSingle(read("c.yaml", Samples.WORKLOAD), "partiflow: the file is a 'workload/1', not a 'cluster/1'");
    }

    @Test
    void severalDocuments() {
        assertSingle(read("c.yaml", "name: x\n---\nname: y\n"), "keep one document per file");
        assertSingle(read("c.json", "{} {}"), "keep one document per file");
    }

    @Test
    void missingFileAndDirectory() {
        Path missing = directory.resolve("missing.yaml");
        assertThat(readFile(missing)).containsExactly(missing + ": there is no such file; check the path");
        assertThat(readFile(directory)).containsExactly(directory + ": is a directory; give a file");
    }

    @Test
    void largeFilesAreNotRead() throws IOException {
        Path file = directory.resolve("large.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(200L << 20);
        }
        assertThat(readFile(file)).containsExactly(file + ": is too large with 200 MiB; the limit is 16 MiB");
        byte[] content = new byte[(16 << 20) + 1];
        Arrays.fill(content, (byte) ' ');
        assertSingle(problems(reader.read("c.yaml", content)), "is too large");
    }

    @Test
    void endlessDevicesAreNotReadToTheirEnd() {
        Path zero = Path.of("/dev/zero");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(zero));
        assertSingle(readFile(zero), "is too large");
    }

    @Test
    void aLargeValidFileIsReadInReasonableTime() {
        StringBuilder nodes = new StringBuilder("partiflow: cluster/1\nname: large\nnodes:\n");
        for (int i = 0; i < 20_000; i++) {
            nodes.append("  - {id: n")
                    .append(i)
                    .append(", gpu: T4, count: 1, nic: {bandwidth: 1 GB/s, latency: 1 us}}\n");
        }
        assertThat(reader.read("c.yaml", bytes(nodes.toString())).isValid()).isTrue();
    }
}
