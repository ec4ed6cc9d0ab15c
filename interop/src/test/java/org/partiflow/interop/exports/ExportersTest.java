package org.partiflow.interop.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ExportersTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "dynamo", "llm-d", "lws"})
    void sameBytesEveryTimeAndNoEmptyFile(String format) {
        ExportRequest request = Plans.deployable();
        List<ExportedFile> files = Exporters.of(format).export(request);
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.content()).endsWith("\n"));
        assertThat(files).extracting(ExportedFile::name).doesNotHaveDuplicates();
        assertThat(Exporters.of(format).export(Plans.deployable())).isEqualTo(files);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "dynamo", "llm-d", "lws"})
    void theFilesAreThoseThatWereReviewed(String format) throws IOException {
        Golden.compare(format, Exporters.of(format).export(Plans.deployable()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "dynamo", "llm-d", "lws"})
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void scriptsAreValidShell(String format) throws IOException, InterruptedException {
        for (ExportedFile file : Exporters.of(format).export(Plans.deployable())) {
            if (file.executable() || file.name().endsWith(".sh")) {
                Path script = Files.writeString(folder.resolve(file.name()), file.content());
                Process process = new ProcessBuilder("sh", "-n", script.toString())
                        .redirectErrorStream(true)
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(file.name() + ": " + output).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "dynamo", "llm-d", "lws"})
    void noEngineIsStartedForAGroupThatServesNothing(String format) {
        List<ExportedFile> files = Exporters.of(format).export(Plans.withIdleGroups());
        List<ExportedFile> busy = Exporters.of(format).export(Plans.deployable());
        assertThat(files).hasSameSizeAs(busy);
        for (int i = 0; i < files.size(); i++) {
            if (!files.get(i).name().equals("README.txt")) {
                assertThat(files.get(i)).isEqualTo(busy.get(i));
            }
        }
        assertThat(content(files, "README.txt")).contains("sends them nothing: d2 c1\n");
    }

    @Test
    void everyGroupOfThePlanIsLaunchedWithItsParallelism() {
        ExportRequest request = Plans.deployable();
        List<ExportedFile> files = Exporters.of("vllm").export(request);
        String prefill = content(files, "p0-serve-h0.sh");
        assertThat(prefill)
                .contains("CUDA_VISIBLE_DEVICES=0,1,2,3")
                .contains("--tensor-parallel-size 4")
                .contains("--pipeline-parallel-size 1")
                .contains("NixlConnector")
                .contains("--port 8100");
        String decode = content(files, "d0-serve-h0.sh");
        assertThat(decode)
                .contains("CUDA_VISIBLE_DEVICES=4,5,6,7")
                .contains("--port 8110")
                .contains("--max-num-seqs 64");
        assertThat(content(Exporters.of("vllm").export(Plans.deployable(18)), "d1-serve-a0.sh"))
                .contains("VLLM_PP_LAYER_PARTITION=18,14");
        assertThat(content(files, "d1-serve-a0.sh"))
                .doesNotContain("VLLM_PP_LAYER_PARTITION")
                .contains("ray start --head")
                .contains("--distributed-executor-backend ray");
        assertThat(content(files, "d1-join-a1.sh")).contains("ray start --block --address=\"${HOST_a0}:");
        assertThat(content(files, "proxy-0.sh")).contains("--decoder-ports 8110 8100");
        assertThat(content(files, "balancer.conf.in")).contains("server ${HOST_c0}:8100 weight=50;");
        assertThat(content(files, "benchmark.sh"))
                .contains("--request-rate 3.000")
                .contains("--random-input-len 512");
    }

    @Test
    void dynamoHasAServicePerShape() throws IOException {
        JsonNode deployment =
                YAML.readTree(content(Exporters.of("dynamo").export(Plans.deployable()), "deployment.yaml"));
        assertThat(deployment.path("kind").asText()).isEqualTo("DynamoGraphDeployment");
        JsonNode services = deployment.at("/spec/services");
        assertThat(services.size()).isEqualTo(6);
        List<Integer> replicas = new ArrayList<>();
        List<Integer> nodes = new ArrayList<>();
        services.forEach(service -> {
            replicas.add(service.path("replicas").asInt());
            nodes.add(service.at("/multinode/nodeCount").asInt(1));
        });
        assertThat(replicas).allMatch(count -> count >= 1);
        assertThat(nodes).contains(2);
    }

    @Test
    void kubernetesClientsReadThePodsAndServices() throws IOException {
        List<ExportedFile> files = Exporters.of("lws").export(Plans.deployable());
        List<JsonNode> documents = new ArrayList<>();
        YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(content(files, "leaderworkersets.yaml"))
                .forEachRemaining(documents::add);
        assertThat(documents).hasSize(10);
        int pods = 0;
        for (JsonNode document : documents) {
            if (document.path("kind").asText().equals("Service")) {
                Service service = YAML.treeToValue(document, Service.class);
                assertThat(service.getAdditionalProperties()).isEmpty();
                assertThat(service.getSpec().getAdditionalProperties()).isEmpty();
                continue;
            }
            assertThat(document.path("apiVersion").asText()).isEqualTo("leaderworkerset.x-k8s.io/v1");
            JsonNode template = document.at("/spec/leaderWorkerTemplate");
            for (String part : List.of("leaderTemplate", "workerTemplate")) {
                if (template.has(part)) {
                    pods++;
                    PodTemplateSpec pod = YAML.treeToValue(template.path(part), PodTemplateSpec.class);
                    assertThat(pod.getAdditionalProperties()).isEmpty();
                    assertThat(pod.getSpec().getAdditionalProperties()).isEmpty();
                    Container container = pod.getSpec().getContainers().get(0);
                    assertThat(container.getAdditionalProperties()).isEmpty();
                    assertThat(container.getResources().getLimits()).containsKey("nvidia.com/gpu");
                    assertThat(container.getEnv())
                            .allSatisfy(variable -> assertThat(variable.getAdditionalProperties())
                                    .isEmpty());
                }
            }
        }
        assertThat(pods).isEqualTo(6);
    }

    /** YAML 1.1 takes bare on, off, yes, no, y and n for truth values: read as such a reader does, texts stay texts. */
    @Test
    void wordsThatOldYamlTakesForTruthStayTexts() {
        var object = Manifest.object();
        List<String> words = List.of("y", "n", "yes", "No", "ON", "off", "true", "False", "1e3", "0x1F", "null", "~");
        object.set("values", Manifest.texts(words));
        java.util.Map<String, Object> read =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Manifest.yaml(List.of(object)));
        assertThat(read.get("values")).isEqualTo(words);
    }

    @Test
    void obstaclesNameTheGroupAndTheReason() {
        ExportRequest crooked = Plans.crooked();
        for (PlanExporter exporter : Exporters.all()) {
            assertThat(exporter.obstacles(crooked))
                    .as(exporter.format())
                    .anySatisfy(line -> assertThat(line).contains("group p0").contains("2, 1"));
            assertThatThrownBy(() -> exporter.export(crooked)).hasMessageContaining("cannot be deployed as");
        }
        assertThat(Exporters.of("sglang").obstacles(Plans.deployable(18)))
                .anySatisfy(line -> assertThat(line).contains("group d1").contains("layers [18, 14]"));
        assertThat(Exporters.of("sglang").obstacles(crooked))
                .anySatisfy(line -> assertThat(line).contains("int4").contains("p0->d0"));
        assertThat(Exporters.of("dynamo").obstacles(crooked))
                .anySatisfy(line -> assertThat(line).contains("mixes GPU types"));
    }

    @Test
    void namesThatShellsOrKubernetesWouldMisreadAreHandled() {
        assertThat(Shell.quoted("a b$(x)'y")).isEqualTo("'a b$(x)'\\''y'");
        assertThatThrownBy(() -> new ExportSettings("m", "", "Bad_Name", 8100)).hasMessageContaining("lower-case");
        assertThatThrownBy(() -> new ExportSettings("m", "", "ok", 80)).hasMessageContaining("port");
        assertThatThrownBy(() -> Exporters.of("helm"))
                .hasMessageContaining("choose from: vllm, sglang, dynamo, llm-d, lws");
    }

    private static String content(List<ExportedFile> files, String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is missing among "
                        + files.stream().map(ExportedFile::name).toList()))
                .content();
    }
}
