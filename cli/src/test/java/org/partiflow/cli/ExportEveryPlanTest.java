package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.PlanningOptions;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.interop.exports.ExportRequest;
import org.partiflow.interop.exports.ExportSettings;
import org.partiflow.interop.exports.ExportedFile;
import org.partiflow.interop.exports.Exporters;
import org.partiflow.interop.exports.PlanExporter;
import org.partiflow.io.ClusterReader;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/**
 * What exporters write of every kind of plan on every scenario of up to 32 GPUs is read by the model classes of a Kubernetes
 * client, which refuse fields that they do not know; a plan that cannot be deployed is refused with a reason.
 */
class ExportEveryPlanTest {
    private static final ExportSettings SETTINGS = new ExportSettings("meta-llama/Llama-2-7b-hf", "", "plan", 8100);
    private static final Path SCENARIOS = Path.of("..", "studies", "scenarios");
    private static final int MOST_GPUS = 32;
    private static final ObjectMapper STRICT = strict();

    /** The client's classes keep unknown fields in a map; without that they are errors. */
    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);
        return mapper.setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            private static final long serialVersionUID = 1;

            @Override
            public Boolean hasAnySetter(Annotated annotated) {
                return Boolean.FALSE;
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"partiflow", "hexgen2", "distserve", "colocated", "vllm-uniform", "helix"})
    void isReadByWhatItIsFor(String planner) throws IOException {
        TreeMap<String, Integer> written = new TreeMap<>();
        for (Cluster cluster : scenarios()) {
            for (TargetEngine engine : TargetEngine.values()) {
                PlanningProblem large = PlanningProblem.of(cluster, Models.llama2_70b(), Workloads.hpld());
                PlanningProblem small = PlanningProblem.of(cluster, Models.llama2_7b(), Workloads.lphd());
                for (PlanningProblem free : engine == TargetEngine.VLLM ? List.of(large, small) : List.of(small)) {
                    PlanningProblem problem = free.withServing(free.serving().withEngine(engine));
                    PlanningResult result = Strategies.named(Planner.class, planner)
                            .plan(new PlanningRequest(
                                    problem,
                                    Strategies.named(CostModelFactory.class, "roofline")
                                            .create(problem),
                                    PlanningOptions.DEFAULT,
                                    SolveControl.evaluations(60)));
                    if (result instanceof PlanningResult.Planned planned) {
                        export(new ExportRequest(planned.plan(), problem, SETTINGS), written);
                    }
                }
            }
        }
        assertThat(written).as(planner + " " + written).isNotEmpty();
    }

    /** The clusters that the studies use, by file name, but for those that take minutes. */
    private static List<Cluster> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> new ClusterReader().readOrThrow(file).value())
                    .filter(cluster -> cluster.gpuCount() <= MOST_GPUS)
                    .toList();
        }
    }

    private static void export(ExportRequest request, TreeMap<String, Integer> written) throws IOException {
        for (PlanExporter exporter : Exporters.all()) {
            List<String> obstacles = exporter.obstacles(request);
            if (!obstacles.isEmpty()) {
                assertThat(obstacles)
                        .allSatisfy(obstacle -> assertThat(obstacle).containsPattern("(group|route) \\S+ "));
                continue;
            }
            written.merge(exporter.format(), 1, Integer::sum);
            for (ExportedFile file : exporter.export(request)) {
                if (file.name().endsWith(".yaml")) {
                    for (JsonNode document : documents(file.content())) {
                        read((ObjectNode) document);
                    }
                } else if (file.name().equals("helix_sol.ini")) {
                    assertThat(held(file.content()))
                            .isEqualTo(held(request.plan(), request.problem().cluster()));
                }
            }
        }
    }

    private static List<JsonNode> documents(String content) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        STRICT.readerFor(JsonNode.class).<JsonNode>readValues(content).forEachRemaining(documents::add);
        assertThat(documents).isNotEmpty();
        return documents;
    }

    private static void read(ObjectNode document) throws IOException {
        switch (document.path("kind").asText()) {
            case "Service" -> STRICT.treeToValue(document, Service.class);
            case "LeaderWorkerSet" -> {
                STRICT.treeToValue(document.path("metadata"), ObjectMeta.class);
                JsonNode template = document.at("/spec/leaderWorkerTemplate");
                assertThat(names(document.path("spec"))).isSubsetOf("replicas", "leaderWorkerTemplate");
                assertThat(names(template)).isSubsetOf("size", "restartPolicy", "leaderTemplate", "workerTemplate");
                pods(template.path("workerTemplate"));
                if (template.has("leaderTemplate")) {
                    pods(template.path("leaderTemplate"));
                }
                assertThat(template.path("size").asInt()).isPositive();
            }
            case "DynamoGraphDeployment" -> {
                STRICT.treeToValue(document.path("metadata"), ObjectMeta.class);
                for (JsonNode service : document.at("/spec/services")) {
                    assertThat(names(service))
                            .isSubsetOf(
                                    "componentType",
                                    "subComponentType",
                                    "replicas",
                                    "resources",
                                    "multinode",
                                    "sharedMemory",
                                    "extraPodSpec");
                    assertThat(service.at("/multinode/nodeCount").asInt(2)).isGreaterThan(1);
                    ObjectNode pod = service.path("extraPodSpec").deepCopy();
                    STRICT.treeToValue(pod.remove("mainContainer"), Container.class);
                    STRICT.treeToValue(pod, PodSpec.class);
                }
            }
            default -> {
                assertThat(document.has("modelArtifacts"))
                        .as(document.toString())
                        .isTrue();
                for (String role : List.of("prefill", "decode")) {
                    for (JsonNode one : document.path(role).path("containers")) {
                        ObjectNode container = one.deepCopy();
                        // The chart's own, beside what Kubernetes knows.
                        container.remove(List.of("modelCommand", "mountModelVolume"));
                        STRICT.treeToValue(container, Container.class);
                    }
                }
            }
        }
    }

    /** Fields that the published types of the custom resources have are listed where they are checked. */
    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void pods(JsonNode template) throws IOException {
        PodTemplateSpec pod = STRICT.treeToValue(template, PodTemplateSpec.class);
        assertThat(pod.getSpec().getContainers()).isNotEmpty();
    }

    /** Layers of every GPU, read back from Helix's file. */
    private static TreeMap<Integer, List<Integer>> held(String ini) {
        TreeMap<Integer, List<Integer>> held = new TreeMap<>();
        Pattern.compile("compute_node_([0-9]+) = \\[([0-9, ]+)\\]")
                .matcher(ini)
                .results()
                .forEach(line -> held.put(
                        Integer.parseInt(line.group(1)) - 2,
                        Arrays.stream(line.group(2).split(", "))
                                .map(Integer::parseInt)
                                .toList()));
        return held;
    }

    private static TreeMap<Integer, List<Integer>> held(ServingPlan plan, Cluster cluster) {
        TreeMap<Integer, List<Integer>> held = new TreeMap<>();
        for (ServingGroup group : plan.groups()) {
            for (Stage stage : group.stages()) {
                held.put(
                        cluster.findGpu(stage.gpus().get(0)).orElseThrow(),
                        IntStream.rangeClosed(stage.firstLayer(), stage.lastLayer())
                                .boxed()
                                .toList());
            }
        }
        return held;
    }
}
