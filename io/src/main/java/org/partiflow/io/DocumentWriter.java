package org.partiflow.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partiflow.io.internal.text.JsonText;
import org.partiflow.io.internal.text.Numbers;

/**
 * Writes trees of plain values as JSON: keys in the order of the maps, numbers of 12 significant digits, line feeds. The
 * same tree gives the same bytes on every JVM and in every locale. Stateless and thread-safe.
 */
public final class DocumentWriter {
    /** Makes a writer. */
    public DocumentWriter() {}

    /**
     * The content of the file, UTF-8.
     *
     * @param root values are maps with text keys, lists, texts, numbers, truth values or {@code null}
     * @throws IllegalArgumentException if a value is of another kind, or a number is not finite
     */
    public byte[] toBytes(Map<String, ?> root) {
        return JsonText.json(node("document", root));
    }

    private static JsonNode node(String name, @Nullable Object value) {
        if (value == null) {
            return NullNode.getInstance();
        } else if (value instanceof String text) {
            return TextNode.valueOf(text);
        } else if (value instanceof Boolean truth) {
            return BooleanNode.valueOf(truth);
        } else if (value instanceof Integer || value instanceof Long) {
            return LongNode.valueOf(((Number) value).longValue());
        } else if (value instanceof Double number) {
            return Numbers.node(name, number);
        } else if (value instanceof List<?> list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> array.add(node(name, item)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.forEach((key, item) -> object.set(key.toString(), node(key.toString(), item)));
            return object;
        }
        throw new IllegalArgumentException(name + " is a " + value.getClass().getName() + ", which JSON does not hold");
    }
}
