package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.partiflow.io.Samples.CLUSTER;
import static org.partiflow.io.Samples.bytes;
import static org.partiflow.io.Samples.problems;
import static org.partiflow.io.Samples.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.LinkKind;

class ClusterReaderTest {
    private final ClusterReader reader = new ClusterReader();

    @TempDir
    private Path directory;

    private List<String> problemsOf(String content) {
        return problems(reader.read("c.yaml", bytes(content)));
    }

    private List<String> problemsAfter(String from, String to) {
        assertThat(CLUSTER).contains(from);
        return problemsOf(CLUSTER.replace(from, to));
    }

    @Test
    void readsAllFields() {
        Cluster cluster = value(reader.read("c.yaml", bytes(CLUSTER)));

        assertThat(cluster.name()).isEqualTo("sample");
        assertThat(cluster.gpuCount()).isEqualTo(3);
        assertThat(cluster.node(0).gpu().name()).isEqualTo("H100-PCIe-80GB");
        assertThat(cluster.node(0).pricePerGpuHourUsd()).isEqualTo(3.69);
        assertThat(cluster.node(0).nic().bandwidth().bytesPerSecond()).isEqualTo(12.5e9);
        assertThat(cluster.node(1).gpu().fp16().flopPerSecond()).isEqualTo(154.8e12);
        assertThat(cluster.node(1).pricePerGpuHourUsd()).isEqualTo(0.79);
        assertThat(cluster.node(1).intraNode().kind()).isEqualTo(LinkKind.PCIE);
        assertThat(cluster.nodeLink(0, 1).latency()).isEqualTo(Duration.ofNanos(30_000));
        assertThat(cluster.fabric().between().get(0).latency()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void readsJsonWithTheSameFields() {
        String json =
                "{\"partiflow\": \"cluster/1\", \"name\": \"j\", \"nodes\": [{\"id\": \"n\", \"gpu\": \"nvidia-h100-80gb-hbm3\","
                        + "\"count\": 1, \"nic\": {\"bandwidth\": \"10 Gbit/s\", \"latency\": \"1 us\"}}]}";

        for (String file : List.of("c.json", "c.yaml", "c")) {
            Cluster cluster = value(reader.read(file, bytes(json)));
            assertThat(cluster.node(0).gpu().name()).isEqualTo("H100-SXM-80GB");
            assertThat(cluster.node(0).zone()).isEqualTo("default");
        }
    }

    @Test
    void unknownFieldsAreErrorsWithASuggestion() {
        assertThat(problemsAfter("    zone: z0", "    zome: z0"))
                .contains("c.yaml: nodes[0].zome: unknown field 'zome' (did you mean 'zone'?)");
        assertThat(problemsAfter("links:", "likns:"))
                .containsExactly("c.yaml: likns: unknown field 'likns' (did you mean 'links'?)");
        assertThat(problemsAfter("kind: PCIE", "kind: PCIE, colour: red"))
                .singleElement()
                .asString()
                .startsWith("c.yaml: nodes[0].intraNode.colour: unknown field 'colour' (did you mean ")
                .endsWith("known here: kind, bandwidth, latency");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            100 Gbit/s  | 100        | nodes[0].nic.bandwidth: '100' has no unit; write a bandwidth such as '300 GB/s' or '100 Gbit/s'
            100 Gbit/s  | 100 Gb     | nodes[0].nic.bandwidth: '100 Gb' has the unknown unit 'Gb'; write a bandwidth such as '300 GB/s' or '100 Gbit/s'
            100 Gbit/s  | -1 Gbit/s  | nodes[0].nic.bandwidth: '-1 Gbit/s' is out of range: it must not be negative
            100 Gbit/s  | 1e300 GB/s | nodes[0].nic.bandwidth: '1e300 GB/s' is too large; write a bandwidth such as '300 GB/s' or '100 Gbit/s'
            100 Gbit/s  | .inf       | nodes[0].nic.bandwidth: '.inf' is not a
            100 Gbit/s  | .nan       | nodes[0].nic.bandwidth: '.nan' is not a
            100 Gbit/s  | 1e999      | nodes[0].nic.bandwidth: '1e999' is not a
            100 Gbit/s  | [1]        | nodes[0].nic.bandwidth: must be a bandwidth such as '300 GB/s' or '100 Gbit/s', got a list
            count: 2    | count: 0   | nodes[0].count: must be a whole number from 1 to 4096, got 0
            count: 2    | count: 2.5 | nodes[0].count: must be a whole number from 1 to 4096, got 2.5
            count: 2    | count: 99999999999999999999 | nodes[0].count: must be a whole number from 1 to 4096, got 99999999999999999999
            kind: PCIE  | kind: NVLNK | nodes[0].intraNode.kind: unknown value 'NVLNK' (did you mean 'NVLINK'?); choose one of NVLINK, NVSWITCH, PCIE
            id: a0      | id: h0     | nodes[1].id: node id 'h0' is already used at nodes[0]; choose another
            id: a0      | id: 7      | nodes[1].id: must be a text; write it in quotes: "7"
            gpu: H100-PCIe-80GB | gpu: H100-PCI-80GB | nodes[0].gpu: unknown GPU 'H100-PCI-80GB' (did you mean 'H100-PCIe-80GB'?); choose one of MyGPU, T4,
            [h0, a0]    | [h0, b0]   | links[0].between[1]: there is no node 'b0' (did you mean 'h0'?); name one of the nodes under nodes
            [h0, a0]    | [h0, h0]   | links[0].between: joins the node 'h0' to itself; name two different ones
            [z0, z1]    | [z0, z9]   | fabric.between[0].zones[1]: there is no zone 'z9' (did you mean 'z0'?); name one of the zones under nodes
            count: 1    | count: 2   | nodes[1].intraNode: is missing; give an object with named fields
            cluster/1   | cluster/2  | partiflow: version 'cluster/2' is not supported; this release reads 'cluster/1'
            cluster/1   | workload/1 | partiflow: the file is a 'workload/1', not a 'cluster/1'; give a file of that format
            name: MyGPU | colour: x, name: MyGPU | gpuTypes[0].colour: unknown field 'colour' (did you mean
            name: MyGPU | name: MyGPU, name: B   | gpuTypes[0].name: duplicate field 'name'; keep one
            """)
    void badValuesAreToldWithTheirPlaceAndARemedy(String from, String to, String expected) {
        assertThat(problemsAfter(from, to)).anySatisfy(p -> assertThat(p).startsWith("c.yaml: " + expected));
    }

    @Test
    void reportsAllProblemsAtOnce() {
        String bad = CLUSTER.replace("100 Gbit/s", "100")
                .replace("count: 2", "count: 0")
                .replace("MyGPU\n", "YourGPU\n")
                .replace("[h0, a0]", "[h0, nowhere]");

        assertThat(problemsOf(bad)).hasSize(4);
    }

    @Test
    void missingFieldsAreNamed() {
        assertThat(problemsOf("partiflow: cluster/1\nnodes: [{}]"))
                .contains(
                        "c.yaml: name: is missing; give a text",
                        "c.yaml: nodes[0].id: is missing; give a text",
                        "c.yaml: nodes[0].nic: is missing; give an object with named fields");
        assertThat(problemsOf("name: x\nnodes: []"))
                .containsExactly(
                        "c.yaml: partiflow: is missing; start the file with 'partiflow: cluster/1'",
                        "c.yaml: nodes: has no node; list at least one");
        assertThat(problemsOf("[1, 2]")).containsExactly("c.yaml: must be an object with named fields, got a list");
    }

    @Test
    void linkedTwiceIsAnError() {
        assertThat(problemsOf(CLUSTER + "  - {between: [a0, h0], bandwidth: 1 GB/s, latency: 1 us}\n"))
                .containsExactly("c.yaml: links[1].between: nodes 'a0' and 'h0' are already linked above; keep one");
    }

    @Test
    void hugeClustersAreRefusedBeforeTheyAreBuilt() {
        StringBuilder nodes = new StringBuilder("partiflow: cluster/1\nname: huge\nnodes:\n");
        for (int i = 0; i < 300; i++) {
            nodes.append("  - {id: n")
                    .append(i)
                    .append(", gpu: T4, count: 4096, ")
                    .append(
                            "intraNode: {kind: PCIE, bandwidth: 1 GB/s, latency: 1 us}, nic: {bandwidth: 1 GB/s, latency: 1 us}}\n");
        }
        assertThat(problemsOf(nodes.toString())).anyMatch(p -> p.contains("more than 1000000 GPUs"));
    }

    @Test
    void manyProblemsAreCountedNotListed() {
        String many = "partiflow: cluster/1\nname: x\nnodes: [" + "{},".repeat(1000) + "{}]";
        List<String> problems = problemsOf(many);
        assertThat(problems).hasSize(101);
        assertThat(problems.get(100)).endsWith("more problems; repair those above first");
    }

    @Test
    void theThrowingTwinHoldsTheSameProblems() throws Exception {
        Path file = Files.writeString(directory.resolve("c.yaml"), CLUSTER.replace("count: 2", "count: 0"));

        InvalidFileException thrown = catchThrowableOfType(InvalidFileException.class, () -> reader.readOrThrow(file));

        assertThat(thrown.problems()).hasSize(1);
        assertThat(thrown.problems().get(0).path()).isEqualTo("nodes[0].count");
        assertThat(thrown).hasMessageStartingWith(file + ": nodes[0].count: must be");
    }

    @Test
    void theDigestIsOfTheBytes() throws Exception {
        Path file = Files.writeString(directory.resolve("c.yaml"), CLUSTER);
        Loaded<Cluster> loaded = reader.readOrThrow(file);
        assertThat(loaded.sha256()).isEqualTo(Digests.sha256(bytes(CLUSTER))).hasSize(64);
        assertThat(loaded.name()).isEqualTo("sample");
        assertThat(Digests.sha256(new byte[0])).startsWith("e3b0c44298fc1c149afbf4c8996fb924");
    }
}
