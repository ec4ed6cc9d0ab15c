package org.partiflow.interop.exports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.List;
import java.util.Map;

/** Trees of Kubernetes objects as YAML. All texts are quoted, so that {@code on}, {@code no} or {@code y} stay texts. */
final class Manifest {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private Manifest() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode object(String apiVersion, String kind, String name) {
        ObjectNode object = object().put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }

    static ArrayNode texts(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    /** A list of {@code name}, {@code value} pairs, as containers take their environment. */
    static ArrayNode environment(Map<String, String> variables) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        variables.forEach((name, value) -> array.addObject().put("name", name).put("value", value));
        return array;
    }

    /** One or more documents. */
    static String yaml(List<ObjectNode> documents) {
        StringBuilder text = new StringBuilder();
        for (ObjectNode document : documents) {
            try {
                text.append(text.length() == 0 ? "" : "---\n").append(YAML.writeValueAsString(document));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of plain values is always writable", e);
            }
        }
        return text.toString();
    }
}
