package org.partiflow.io.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.unit.Dimension;

/**
 * Reads the fields of one object of the tree and adds what is wrong with them to the file's problems. A field that was
 * never asked for is unknown. After a problem a read method returns a placeholder (0, 1 or empty text), so that reading
 * can go on to the next problem; {@link #build} never hands out an object made of placeholders. One thread only.
 */
public final class FieldReader {
    private final ObjectNode node;
    private final String path;
    private final Problems problems;
    private final Values values;
    private final boolean muted;
    private final int problemsBefore;
    private final Set<String> known = new LinkedHashSet<>();

    private FieldReader(ObjectNode node, String path, Problems problems, boolean muted, int problemsBefore) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        this.values = new Values(problems);
        this.muted = muted;
        this.problemsBefore = problemsBefore;
    }

    /** Reads the object {@code node}; anything else is a problem. */
    public static FieldReader of(JsonNode node, String path, Problems problems) {
        int before = problems.count();
        if (node instanceof ObjectNode object) {
            return new FieldReader(object, path, problems, false, before);
        }
        problems.add(path, "must be an object with named fields, got " + Values.describe(node));
        return new FieldReader(JsonNodeFactory.instance.objectNode(), path, problems, true, before);
    }

    /** The place of this object in the file. */
    public String path() {
        return path;
    }

    /** The place of a field of this object in the file. */
    public String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return find(field) != null;
    }

    /** Adds a problem with a field. */
    public void problem(String field, String message) {
        if (!muted) {
            problems.add(path(field), message);
        }
    }

    /** Adds a problem whose message is costly to make; it is made only if it will be shown. */
    public void problem(String field, Supplier<String> message) {
        if (!muted) {
            problems.add(path(field), problems.isFull() ? "" : message.get());
        }
    }

    /** A required text that is not blank. */
    public String text(String field) {
        JsonNode value = require(field, "a text");
        return value == null ? Values.PLACEHOLDER : values.text(path(field), value);
    }

    /** A text that is not blank. */
    public String text(String field, String fallback) {
        JsonNode value = find(field);
        return value == null ? fallback : values.text(path(field), value);
    }

    /** A required one of the named choices. */
    public <T> Optional<T> choice(String field, Map<String, T> choices) {
        JsonNode value = require(field, "one of " + String.join(", ", choices.keySet()));
        if (value == null) {
            return Optional.empty();
        }
        T choice = value.isTextual() ? choices.get(value.asText()) : null;
        if (choice == null) {
            String text = value.asText();
            problem(
                    field,
                    () -> "unknown value '" + Values.shorten(text) + "'"
                            + NearestName.suggestion(text, choices.keySet()) + "; choose one of "
                            + String.join(", ", choices.keySet()));
        }
        return Optional.ofNullable(choice);
    }

    /** A required quantity, in the base unit of its dimension. */
    public double quantity(String field, Dimension dimension, Sign sign, double max) {
        JsonNode value = require(field, dimension.example());
        return value == null ? 1 : values.quantity(path(field), value, dimension, sign, max);
    }

    /** A quantity in the base unit of its dimension. */
    public Optional<Double> findQuantity(String field, Dimension dimension, Sign sign, double max) {
        JsonNode value = find(field);
        return value == null
                ? Optional.empty()
                : Optional.of(values.quantity(path(field), value, dimension, sign, max));
    }

    /** A required whole number. */
    public int integer(String field, int min, int max) {
        JsonNode value = require(field, "a whole number from " + min + " to " + max);
        return value == null ? Math.max(1, min) : (int) values.integer(path(field), value, min, max);
    }

    /** A whole number. */
    public OptionalInt findInteger(String field, int min, int max) {
        JsonNode value = find(field);
        return value == null ? OptionalInt.empty() : OptionalInt.of((int) values.integer(path(field), value, min, max));
    }

    /** A list of whole numbers; empty where the field is absent. */
    public List<Integer> integers(String field, int min, int max) {
        List<Integer> integers = new ArrayList<>();
        for (JsonNode element : elements(field, find(field))) {
            integers.add((int) values.integer(path(field) + "[" + integers.size() + "]", element, min, max));
        }
        return integers;
    }

    /** True or false. */
    public boolean flag(String field, boolean fallback) {
        JsonNode value = find(field);
        if (value != null && !value.isBoolean()) {
            problem(field, "must be true or false, got " + Values.describe(value));
        }
        return value == null ? fallback : value.booleanValue();
    }

    /** Whether the field is a list. */
    public boolean isList(String field) {
        JsonNode value = find(field);
        return value != null && value.isArray();
    }

    /** The names of the fields of this object, in the order of the file. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A required whole number beyond the int range. */
    public long longInteger(String field, long min, long max) {
        JsonNode value = require(field, "a whole number from " + min + " to " + max);
        return value == null ? Math.max(1, min) : values.integer(path(field), value, min, max);
    }

    /** A required finite number. */
    public double number(String field, double min, double max) {
        JsonNode value = require(field, "a number");
        return value == null ? Math.max(1, min) : values.number(path(field), value, min, max);
    }

    /** A finite number. */
    public Optional<Double> findNumber(String field, double min, double max) {
        JsonNode value = find(field);
        return value == null ? Optional.empty() : Optional.of(values.number(path(field), value, min, max));
    }

    /** A required list of finite numbers. */
    public List<Double> numbers(String field, double min, double max) {
        return values.numbers(path(field), require(field, "a list of numbers"), min, max);
    }

    /** A required list of lists of finite numbers. */
    public List<List<Double>> numberLists(String field, double min, double max) {
        List<List<Double>> lists = new ArrayList<>();
        for (JsonNode element : elements(field, require(field, "a list of lists of numbers"))) {
            lists.add(values.numbers(path(field) + "[" + lists.size() + "]", element, min, max));
        }
        return lists;
    }

    /** A required list of lists of values, each a text or a number; of others' formats. */
    public List<List<Object>> mixedLists(String field) {
        List<List<Object>> lists = new ArrayList<>();
        for (JsonNode element : elements(field, require(field, "a list of lists"))) {
            String at = path(field) + "[" + lists.size() + "]";
            List<Object> list = new ArrayList<>();
            if (!element.isArray()) {
                problems.add(at, "must be a list, got " + Values.describe(element));
            }
            for (JsonNode value : element) {
                if (value.isTextual()) {
                    list.add(value.asText());
                } else {
                    list.add(values.number(at + "[" + list.size() + "]", value, -Double.MAX_VALUE, Double.MAX_VALUE));
                }
            }
            lists.add(list);
        }
        return lists;
    }

    /** A list of texts; empty where the field is absent. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(field, find(field))) {
            texts.add(values.text(path(field) + "[" + texts.size() + "]", element));
        }
        return texts;
    }

    /** A required list of texts, possibly empty. */
    public List<String> requiredTexts(String field) {
        require(field, "a list of texts");
        return texts(field);
    }

    /** A required object. */
    public FieldReader object(String field) {
        JsonNode value = require(field, "an object with named fields");
        if (value == null) {
            return new FieldReader(
                    JsonNodeFactory.instance.objectNode(), path(field), problems, true, problems.count());
        }
        return of(value, path(field), problems);
    }

    /** A list of objects; empty where the field is absent. */
    public List<FieldReader> objects(String field) {
        List<FieldReader> objects = new ArrayList<>();
        for (JsonNode element : elements(field, find(field))) {
            objects.add(of(element, path(field) + "[" + objects.size() + "]", problems));
        }
        return objects;
    }

    /** A required list of objects, possibly empty. */
    public List<FieldReader> requiredObjects(String field) {
        require(field, "a list of objects");
        return objects(field);
    }

    /** Reports fields that were never asked for. */
    public void rejectUnknown() {
        if (muted) {
            return;
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problem(name, () -> unknownField(name));
            }
        });
    }

    /**
     * Ends the reading of this object: reports unknown fields and builds the value where neither this object nor one in
     * it has a problem. What the value's own constructor rejects becomes a problem too.
     */
    public <T> @Nullable T build(Supplier<T> constructor) {
        rejectUnknown();
        return buildOpen(constructor);
    }

    /** Like {@link #build}, for formats of others: unknown fields are left alone. */
    public <T> @Nullable T buildOpen(Supplier<T> constructor) {
        if (muted || problems.count() > problemsBefore) {
            return null;
        }
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            problems.add(path, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private String unknownField(String name) {
        String message = "unknown field '" + Values.shorten(name) + "'";
        if (known.isEmpty()) {
            return message;
        }
        String nearest = NearestName.nearest(name, known).orElseThrow();
        String hint = message + " (did you mean '" + nearest + "'?)";
        return NearestName.near(name, known).isPresent() ? hint : hint + "; known here: " + String.join(", ", known);
    }

    private @Nullable JsonNode find(String field) {
        known.add(field);
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private @Nullable JsonNode require(String field, String expected) {
        JsonNode value = find(field);
        if (value == null) {
            problem(field, "is missing; give " + expected);
        }
        return value;
    }

    private Iterable<JsonNode> elements(String field, @Nullable JsonNode value) {
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            problem(field, "must be a list, got " + Values.describe(value));
            return List.of();
        }
        return value;
    }
}
