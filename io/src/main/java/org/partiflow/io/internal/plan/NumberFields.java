package org.partiflow.io.internal.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.partiflow.io.internal.text.Numbers;

/** An object that is being written; knows its name, so that a number that is not finite can be told. */
final class NumberFields {
    private final String name;
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    NumberFields(String name) {
        this.name = name;
    }

    ObjectNode node() {
        return node;
    }

    void put(String field, double value) {
        node.set(field, Numbers.node(name + ": " + field, value));
    }

    void put(String field, List<Double> values) {
        ArrayNode array = node.putArray(field);
        values.forEach(value -> array.add(Numbers.node(name + ": " + field, value)));
    }
}
