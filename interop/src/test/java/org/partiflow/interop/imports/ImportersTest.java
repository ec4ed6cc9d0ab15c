package org.partiflow.interop.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.ClusterWriter;
import org.partiflow.io.InvalidFileException;
import org.partiflow.io.WorkloadReader;

class ImportersTest {
    private static final Bandwidth NIC = Bandwidth.ofGigabitsPerSecond(100);

    private static ImportOptions with(String gpu, Bandwidth nic) {
        return new ImportOptions(null, gpu.isEmpty() ? null : gpu, null, null, null, nic, null, null, null);
    }

    private static final ImportOptions ONLY_NIC = with("", NIC);

    @Test
    void kubernetesNodesByTheirLabels() throws IOException {
        ImportedCluster imported = read("kubernetes", ONLY_NIC, "nodes.json");
        Cluster cluster = imported.cluster();
        assertThat(cluster.nodes()).extracting(Node::id).containsExactly("h100-1", "a100-1", "t4-1");
        assertThat(cluster.nodes())
                .extracting(n -> n.gpu().name())
                .containsExactly("H100-SXM-80GB", "A100-SXM-40GB", "T4");
        assertThat(cluster.nodes()).extracting(Node::count).containsExactly(8, 8, 4);
        assertThat(cluster.nodes()).extracting(Node::zone).containsExactly("eu-a", "eu-a", "eu-b");
        assertThat(cluster.node(0).intraNode().kind()).isEqualTo(LinkKind.NVSWITCH);
        assertThat(cluster.node(2).intraNode().kind()).isEqualTo(LinkKind.PCIE);
        assertThat(cluster.node(0).nic().bandwidth()).isEqualTo(NIC);
        assertThat(imported.assumptions())
                .anySatisfy(line -> assertThat(line).contains("zones eu-a, eu-b are not connected"))
                .anySatisfy(line -> assertThat(line).contains("prices"))
                .anySatisfy(line -> assertThat(line).contains("gpu.clique"));
    }

    @Test
    void whatNobodySaysIsAskedFor() {
        assertThatThrownBy(() -> read("kubernetes", ImportOptions.NONE, "nodes.json"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("items[1] (h100-1): does not tell the network bandwidth")
                .hasMessageContaining("--nic '100 Gbit/s'");
        assertThatThrownBy(() -> read("nvidia-smi", ONLY_NIC, "nvlink.txt")).hasMessageContaining("--gpu");
        assertThatThrownBy(() -> read("nccl", ONLY_NIC, "h100.xml")).hasMessageContaining("--gpu");
    }

    @Test
    void nvidiaSmiWithTerminalColours() throws IOException {
        Node node = only(read("nvidia-smi", with("H100-SXM-80GB", NIC), "nvlink.txt"));
        assertThat(node.id()).isEqualTo("nvlink");
        assertThat(node.count()).isEqualTo(4);
        assertThat(node.intraNode().kind()).isEqualTo(LinkKind.NVSWITCH);
        assertThat(node.intraNode().bytesPerSecond()).isCloseTo(450e9, within(1.0));
    }

    @Test
    void nvidiaSmiTakesTheWeakestConnection() throws IOException {
        ImportedCluster imported = read("nvidia-smi", with("A6000", NIC), "pairs.txt");
        assertThat(only(imported).intraNode().kind()).isEqualTo(LinkKind.PCIE);
        assertThat(imported.assumptions())
                .anySatisfy(line -> assertThat(line).contains("NODE, NV4, SYS").contains("weakest"));
    }

    @Test
    void ncclTopology() throws IOException {
        Node node = only(read("nccl", with("H100-SXM-80GB", null), "h100.xml"));
        assertThat(node.count()).isEqualTo(4);
        assertThat(node.intraNode().kind()).isEqualTo(LinkKind.NVSWITCH);
        assertThat(node.intraNode().bytesPerSecond()).isCloseTo(18 * 20.6e9, within(1.0));
        assertThat(node.nic().bandwidth().bytesPerSecond()).isCloseTo(2 * 400e9 / 8, within(1.0));
    }

    @Test
    void aiConfiguratorSystem() throws IOException {
        ImportOptions two = new ImportOptions("hoppers", null, 2, null, null, null, null, null, null);
        ImportedCluster imported = read("aiconfigurator", two, "h200_sxm.yaml");
        assertThat(imported.cluster().name()).isEqualTo("hoppers");
        assertThat(imported.cluster().gpuCount()).isEqualTo(16);
        Node node = imported.cluster().node(0);
        assertThat(node.gpu().name()).isEqualTo("H200-SXM-141GB");
        assertThat(node.gpu().memory().bytes()).isEqualTo(151397597184L);
        assertThat(node.gpu().fp8().flopPerSecond()).isEqualTo(1978e12);
        assertThat(node.nic().bandwidth().bytesPerSecond()).isEqualTo(8 * 5e10);
        assertThat(node.intraNode().bytesPerSecond()).isEqualTo(4.5e11);
    }

    @Test
    void helixClusterInEitherOrder() throws IOException {
        Cluster cluster =
                read("helix", ImportOptions.NONE, "cluster.ini", "machines.ini").cluster();
        assertThat(cluster.nodes()).extracting(n -> n.gpu().name()).containsExactly("L4", "T4", "A100-SXM-80GB");
        assertThat(cluster.nodes()).extracting(Node::count).containsExactly(1, 2, 1);
        assertThat(cluster.nodeLink(0, 2).bytesPerSecond()).isEqualTo(12.5e6);
        assertThat(cluster.nodeLink(0, 2).latencySeconds()).isCloseTo(0.055, within(1e-9));
        assertThat(cluster.nodeLink(0, 1).bytesPerSecond()).isEqualTo(1.244e9);
        Cluster other =
                read("helix", ImportOptions.NONE, "machines.ini", "cluster.ini").cluster();
        assertThat(other.nodes()).isEqualTo(cluster.nodes());
    }

    @Test
    void melangeGpusAndBuckets() throws IOException {
        ImportedCluster imported = read("melange", ONLY_NIC, "melange.json");
        assertThat(imported.cluster().gpuCount()).isEqualTo(16);
        assertThat(imported.cluster().node(0).pricePerGpuHourUsd()).isEqualTo(1.01);
        Workload workload = imported.workload().orElseThrow();
        assertThat(workload.classes()).hasSize(4);
        assertThat(workload.arrivals().ratePerSecond()).isEqualTo(30);
        byte[] text = WorkloadText.yaml(workload).getBytes(StandardCharsets.UTF_8);
        assertThat(new WorkloadReader().read("w.yaml", text).get().value()).isEqualTo(workload);
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes,nodes.json",
        "nvidia-smi,nvlink.txt",
        "nccl,h100.xml",
        "aiconfigurator,h200_sxm.yaml",
        "helix,cluster.ini;machines.ini",
        "melange,melange.json"
    })
    void everyClusterReadsBackAsItWasWritten(String format, String files) throws IOException {
        ImportOptions options =
                format.equals("nvidia-smi") || format.equals("nccl") ? with("H100-SXM-80GB", NIC) : ONLY_NIC;
        Cluster cluster = read(format, options, files.split(";", -1)).cluster();
        byte[] text = new ClusterWriter().toBytes(cluster);
        Cluster back = new ClusterReader().read("c.yaml", text).get().value();
        assertThat(back.nodes()).isEqualTo(cluster.nodes());
        assertThat(back.links()).isEqualTo(cluster.links());
        assertThat(back.fabric()).isEqualTo(cluster.fabric());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kubernetes|[1]|is not an object",
                "kubernetes|{\"kind\":\"List\"}|items: is missing",
                "kubernetes|{\"items\":[]}|has no node with GPUs",
                "kubernetes|{|is neither JSON nor YAML",
                "nvidia-smi|hello|has no header row with GPU0",
                "nccl|<system><gpu dev=\"0\"/></system>|system/gpu: must stand below a cpu",
                "nccl|<system>|is not plain XML",
                "nccl|<topology/>|expected 'system'",
                "nccl|<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><system>&x;</system>|DOCTYPE is disallowed",
                "nccl|<system><cpu><pci link_speed=\"1e999 GT/s\" link_width=\"9\"><gpu/></pci></cpu></system>|has the link",
                "aiconfigurator|node: {num_gpus_per_node: 2000000000}|is above 4096",
                "melange|{\"gpu_info\": {\"L4\": {\"cost\": 1e300}}}|gpu_info.L4.cost: is missing or no number",
                "melange|{\"gpu_info\": {\"L4\": {\"cost\": 1e9}}}|makes no valid cluster",
                "aiconfigurator|gpu: {mem_bw: fast}|gpu.mem_bw: is 'fast'",
                "helix|[NodeNames]|total_compute_nodes is 'null'",
                "helix|x = 1|is no [section]",
                "melange|{\"gpu_info\": {}}|gpu_info: is missing or empty",
                "melange|{\"gpu_info\": {\"A10G\": {\"cost\": -1}}}|gpu_info.A10G.cost",
            })
    void badSourcesAreNamed(String format, String content, String message) {
        ImportSource source = new ImportSource("bad.txt", content.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Importers.of(format).read(List.of(source), with("L4", NIC)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("bad.txt")
                .hasMessageContaining(message);
    }

    @Test
    void migSlicesAreRefused() throws IOException {
        String text = new String(resource("nodes.json"), StandardCharsets.UTF_8)
                .replace("NVIDIA-A100-SXM4-40GB", "NVIDIA-A100-SXM4-40GB-MIG-1g.5gb");
        ImportSource source = new ImportSource("nodes.json", text.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new KubernetesImporter().read(List.of(source), ONLY_NIC))
                .hasMessageContaining("a100-1")
                .hasMessageContaining("MIG slices");
    }

    @Test
    void yamlThatMultipliesItselfIsRefused() {
        StringBuilder bomb = new StringBuilder("a: &a [x, x]\n");
        for (char c = 'b'; c < 'z'; c++) {
            bomb.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [*")
                    .append((char) (c - 1))
                    .append(", *")
                    .append((char) (c - 1))
                    .append("]\n");
        }
        ImportSource source = new ImportSource("bomb.yaml", bomb.toString().getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new AiConfiguratorImporter().read(List.of(source), ONLY_NIC))
                .isInstanceOf(InvalidFileException.class);
    }

    private static Node only(ImportedCluster imported) {
        assertThat(imported.cluster().nodes()).hasSize(1);
        return imported.cluster().node(0);
    }

    private static ImportedCluster read(String format, ImportOptions options, String... files) throws IOException {
        List<ImportSource> sources = new java.util.ArrayList<>();
        for (String file : Arrays.asList(files)) {
            sources.add(new ImportSource(file, resource(file)));
        }
        return Importers.of(format).read(sources, options);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = ImportersTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }
}
