package org.partiflow.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.joint.JointPlan;

/** The published schemas describe what the readers take and the writers make. */
class SchemaTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    private static JsonSchema schema(String name) throws IOException {
        Path file = Path.of("..", "docs", "schema", name + "-1.schema.json");
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(new ObjectMapper().readTree(Files.readString(file)));
    }

    private static Set<ValidationMessage> violations(String name, byte[] content) throws IOException {
        return schema(name).validate(YAML.readTree(content));
    }

    @Test
    void samplesAndWritersFollowTheSchemas() throws IOException {
        assertThat(violations("cluster", Samples.bytes(Samples.CLUSTER))).isEmpty();
        assertThat(violations("workload", Samples.bytes(Samples.WORKLOAD))).isEmpty();
        Cluster cluster = Samples.value(new ClusterReader().read("c.yaml", Samples.bytes(Samples.CLUSTER)));
        assertThat(violations("cluster", new ClusterWriter().toBytes(cluster))).isEmpty();
        assertThat(violations("plan", new PlanWriter().toBytes(Samples.plan()))).isEmpty();
        JointPlan joint = new JointPlan(
                List.of(new JointPlan.Part(2, Samples.plan())),
                1,
                new JointPlan.Certificate(1.5, 1 / 3.0, "patterns"),
                Samples.plan().termination());
        assertThat(violations("joint-plan", new JointPlanWriter().toBytes(joint)))
                .isEmpty();
        assertThat(violations("report", new ReportWriter().toBytes(Samples.report(true))))
                .isEmpty();
        assertThat(violations("report", new ReportWriter().toBytes(Samples.report(false))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HPLD", "HPHD", "LPHD", "LPLD"})
    void builtInWorkloadsFollowTheSchema(String name) throws IOException {
        byte[] content = SchemaTest.class
                .getResourceAsStream("catalogue/workloads/" + name + ".yaml")
                .readAllBytes();
        assertThat(violations("workload", content)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ablation-partitioning", "ablation-kv", "hexgen2-claims", "solvers"})
    void bundledStudiesFollowTheSchema(String name) throws IOException {
        assertThat(violations("study", Files.readAllBytes(Path.of("..", "studies", name + ".yaml"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cluster  | 100 Gbit/s         | 100
            cluster  | 100 Gbit/s         | -1 Gbit/s
            cluster  | count: 2           | count: 0
            cluster  | count: 1           | count: 2
            cluster  | zone: z0           | zome: z0
            workload | rate: 5 /s         | rate: 5
            workload | poisson            | gamma
            workload | outputTokens: 72   | outputTokens: 72, lengths: {}
            workload | classes:           | klasses:
            """)
    void whatTheReaderRefusesTheSchemaRefuses(String name, String from, String to) throws IOException {
        String sample = name.equals("cluster") ? Samples.CLUSTER : Samples.WORKLOAD;
        byte[] bad = Samples.bytes(sample.replace(from, to));
        assertThat(violations(name, bad)).isNotEmpty();
        assertThat(
                        name.equals("cluster")
                                ? new ClusterReader().read("x.yaml", bad).isValid()
                                : new WorkloadReader().read("x.yaml", bad).isValid())
                .isFalse();
    }

    /** A field that the writer makes and the schema does not know would pass a schema that allows more. */
    @ParameterizedTest
    @ValueSource(strings = {"cluster", "workload", "plan", "report", "faults", "study"})
    void schemasAllowNoFurtherFields(String name) throws IOException {
        JsonNode root = new ObjectMapper()
                .readTree(
                        Path.of("..", "docs", "schema", name + "-1.schema.json").toFile());
        List<String> open = new ArrayList<>();
        collectOpenObjects(root, "", open);
        assertThat(open).isEmpty();
    }

    private static void collectOpenObjects(JsonNode node, String path, List<String> open) {
        if (node instanceof ObjectNode object) {
            if ("object".equals(object.path("type").asText())
                    && object.path("additionalProperties").asBoolean(true)) {
                open.add(path);
            }
            for (String field : new TreeSet<>(fieldNames(object))) {
                collectOpenObjects(object.get(field), path + "/" + field, open);
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(child -> collectOpenObjects(child, path + "[]", open));
        }
    }

    private static List<String> fieldNames(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
