package org.partiflow.io.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vavr.control.Either;
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
import org.partiflow.api.unit.Quantities;

/**
 * Reads the fields of one object of the tree and adds what is wrong with them to the file's problems. A field that was
 * never asked for is unknown. After a problem a read method returns a placeholder (0, 1 or empty text), so that reading
 * can go on to the next problem; {@link #build} never hands out an object made of placeholders. One thread only.
 */
public final class FieldReader {
    private static final String PLACEHOLDER = "?";
    private static final int MAX_SHOWN = 60;

    private final ObjectNode node;
    private final String path;
    private final Problems problems;
    private final boolean muted;
    private final int problemsBefore;
    private final Set<String> known = new LinkedHashSet<>();

    private FieldReader(ObjectNode node, String path, Problems problems, boolean muted, int problemsBefore) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        this.muted = muted;
        this.problemsBefore = problemsBefore;
    }

    /** Reads the object {@code node}; anything else is a problem. */
    public static FieldReader of(JsonNode node, String path, Problems problems) {
        int before = problems.count();
        if (node instanceof ObjectNode object) {
            return new FieldReader(object, path, problems, false, before);
        }
        problems.add(path, "must be an object with named fields, got " + describe(node));
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
        return value == null ? PLACEHOLDER : asText(field, value);
    }

    /** A text that is not blank. */
    public String text(String field, String fallback) {
        JsonNode value = find(field);
        return value == null ? fallback : asText(field, value);
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
                    () -> "unknown value '" + shorten(text) + "'" + NearestName.suggestion(text, choices.keySet())
                            + "; choose one of " + String.join(", ", choices.keySet()));
        }
        return Optional.ofNullable(choice);
    }

    /** A required quantity, in the base unit of its dimension. */
    public double quantity(String field, Dimension dimension, Sign sign, double max) {
        JsonNode value = require(field, dimension.example());
        return value == null ? 1 : asQuantity(field, value, dimension, sign, max);
    }

    /** A quantity in the base unit of its dimension. */
    public Optional<Double> findQuantity(String field, Dimension dimension, Sign sign, double max) {
        JsonNode value = find(field);
        return value == null ? Optional.empty() : Optional.of(asQuantity(field, value, dimension, sign, max));
    }

    /** A required whole number. */
    public int integer(String field, int min, int max) {
        JsonNode value = require(field, "a whole number from " + min + " to " + max);
        return value == null ? Math.max(1, min) : (int) asInteger(path(field), value, min, max);
    }

    /** A whole number. */
    public OptionalInt findInteger(String field, int min, int max) {
        JsonNode value = find(field);
        return value == null ? OptionalInt.empty() : OptionalInt.of((int) asInteger(path(field), value, min, max));
    }

    /** A list of whole numbers; empty where the field is absent. */
    public List<Integer> integers(String field, int min, int max) {
        List<Integer> integers = new ArrayList<>();
        for (JsonNode element : elements(field, find(field))) {
            integers.add((int) asInteger(path(field) + "[" + integers.size() + "]", element, min, max));
        }
        return integers;
    }

    /** True or false. */
    public boolean flag(String field, boolean fallback) {
        JsonNode value = find(field);
        if (value != null && !value.isBoolean()) {
            problem(field, "must be true or false, got " + describe(value));
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
        return value == null ? Math.max(1, min) : asInteger(path(field), value, min, max);
    }

    /** A required finite number. */
    public double number(String field, double min, double max) {
        JsonNode value = require(field, "a number");
        return value == null ? Math.max(1, min) : asNumber(path(field), value, min, max);
    }

    /** A finite number. */
    public Optional<Double> findNumber(String field, double min, double max) {
        JsonNode value = find(field);
        return value == null ? Optional.empty() : Optional.of(asNumber(path(field), value, min, max));
    }

    /** A required list of finite numbers. */
    public List<Double> numbers(String field, double min, double max) {
        return asNumbers(path(field), require(field, "a list of numbers"), min, max);
    }

    /** A required list of lists of finite numbers. */
    public List<List<Double>> numberLists(String field, double min, double max) {
        List<List<Double>> lists = new ArrayList<>();
        for (JsonNode element : elements(field, require(field, "a list of lists of numbers"))) {
            lists.add(asNumbers(path(field) + "[" + lists.size() + "]", element, min, max));
        }
        return lists;
    }

    /** A list of texts; empty where the field is absent. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(field, find(field))) {
            texts.add(asText(field + "[" + texts.size() + "]", element));
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
        String message = "unknown field '" + shorten(name) + "'";
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
            problem(field, "must be a list, got " + describe(value));
            return List.of();
        }
        return value;
    }

    private String asText(String field, JsonNode value) {
        if (!value.isTextual()) {
            problem(
                    field,
                    value.isValueNode() && !value.isNull()
                            ? "must be a text; write it in quotes: \"" + shorten(value.asText()) + "\""
                            : "must be a text, got " + describe(value));
            return PLACEHOLDER;
        }
        String text = value.asText();
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            problem(field, "must be a text on one line that is not blank");
            return PLACEHOLDER;
        }
        return text;
    }

    private double asQuantity(String field, JsonNode value, Dimension dimension, Sign sign, double max) {
        if (!value.isTextual() && !value.isNumber()) {
            problem(field, "must be " + dimension.example() + ", got " + describe(value));
            return 1;
        }
        Either<String, Double> parsed = Quantities.parse(dimension, value.asText());
        if (parsed.isLeft()) {
            problem(field, parsed.getLeft());
            return 1;
        }
        double amount = parsed.get();
        if (!sign.allows(amount)) {
            problem(field, "'" + value.asText() + "' is out of range: " + sign.rule());
            return 1;
        }
        if (amount > max) {
            problem(field, "'" + value.asText() + "' is too large; write " + dimension.example());
            return 1;
        }
        return amount;
    }

    private long asInteger(String place, JsonNode value, long min, long max) {
        boolean whole = value.isIntegralNumber() || (value.isNumber() && value.doubleValue() % 1 == 0);
        if (!whole || value.doubleValue() < min || value.doubleValue() > max || !value.canConvertToLong()) {
            problems.add(place, "must be a whole number from " + min + " to " + max + ", got " + describe(value));
            return Math.max(1, min);
        }
        return value.longValue();
    }

    private double asNumber(String place, JsonNode value, double min, double max) {
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!Double.isFinite(number) || number < min || number > max) {
            String bounds = max >= Double.MAX_VALUE
                    ? (min <= -Double.MAX_VALUE ? "a finite number" : "a finite number from " + plain(min) + " up")
                    : "a number from " + plain(min) + " to " + plain(max);
            problems.add(place, "must be " + bounds + ", got " + describe(value));
            return Math.max(1, min);
        }
        return number;
    }

    private List<Double> asNumbers(String place, @Nullable JsonNode value, double min, double max) {
        List<Double> numbers = new ArrayList<>();
        if (value == null) {
            return numbers;
        }
        if (!value.isArray()) {
            problems.add(place, "must be a list of numbers, got " + describe(value));
            return numbers;
        }
        for (JsonNode element : value) {
            numbers.add(asNumber(place + "[" + numbers.size() + "]", element, min, max));
        }
        return numbers;
    }

    private static String plain(double bound) {
        return bound % 1 == 0 && Math.abs(bound) < 1e15 ? Long.toString((long) bound) : Double.toString(bound);
    }

    private static String describe(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        }
        if (value.isArray()) {
            return "a list";
        }
        if (value.isNull()) {
            return "nothing";
        }
        String text = shorten(value.asText());
        return value instanceof TextNode ? "the text '" + text + "'" : text;
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "..." : line;
    }
}
