package org.partiflow.io.internal.tree;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/**
 * Builds the tree of one document from tokens. Jackson's own tree reader would turn a YAML alias into the text of its
 * name and let a later duplicate key win, both silently; here they are problems with a path.
 */
final class TreeBuilder {
    /** A cluster of a hundred thousand GPUs needs fewer; each value costs far more memory than its text. */
    private static final int MAX_VALUES = 500_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final Problems problems;
    private int values;
    private boolean hasAlias;

    TreeBuilder(JsonParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    JsonNode build() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            problems.add("", "has no content; give a YAML or JSON document");
            return NODES.nullNode();
        }
        JsonNode root = value(first, "");
        if (parser.nextToken() != null) {
            problems.add(
                    "line " + parser.currentTokenLocation().getLineNr(),
                    "has more after the end of the first document; keep one document per file");
        }
        return root;
    }

    // Recursion is bounded by the parser's own nesting limit.
    private JsonNode value(JsonToken token, String path) throws IOException {
        values++;
        if (values > MAX_VALUES) {
            throw new StreamConstraintsException("more than " + MAX_VALUES + " values", parser.currentTokenLocation());
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            // Only the first: a file with one alias tends to have many.
            if (!hasAlias) {
                problems.add(
                        path, "YAML aliases such as '*" + parser.getText() + "' are not supported; write the value out");
                hasAlias = true;
            }
            return NODES.nullNode();
        }
        return switch (token) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal(path);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> {
                problems.add(path, "has a YAML tag that is not supported; write a plain value");
                yield NODES.nullNode();
            }
        };
    }

    private JsonNode decimal(String path) throws IOException {
        String text = parser.getText();
        // YAML's .inf and .nan are numbers to the scanner, but the conversion fails on them.
        boolean named = text.chars().anyMatch(c -> Character.isLetter(c) && c != 'e' && c != 'E');
        double number = named ? Double.NaN : parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            problems.add(path, "'" + text + "' is not a finite number; write a plain number");
            return NODES.nullNode();
        }
        return NODES.numberNode(number);
    }

    private ObjectNode object(String path) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String childPath = path.isEmpty() ? name : path + "." + name;
            JsonNode child = value(parser.nextToken(), childPath);
            if (object.replace(name, child) != null) {
                problems.add(childPath, "duplicate field '" + name + "'; keep one");
            }
        }
        return object;
    }

    private ArrayNode array(String path) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token, path + "[" + array.size() + "]"));
        }
        return array;
    }
}
