package org.partiflow.io.internal.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.partiflow.io.internal.tree.Problems;
import org.partiflow.io.internal.tree.TreeParser;

/** One JSON object per line: timestamp in ms, input_length, output_length; other fields are left alone. */
final class MooncakeRows extends RowParser {
    MooncakeRows(Problems problems) {
        super(problems);
    }

    @Override
    boolean isTimed() {
        return true;
    }

    @Override
    void add(String place, String line, TraceRows rows) {
        Problems own = new Problems("line.json");
        Optional<JsonNode> root = TreeParser.parse(line.getBytes(StandardCharsets.UTF_8), own);
        if (root.isEmpty()) {
            problem(place, own.all().get(0).message());
            return;
        }
        Optional<Double> millis = field(place, root.get(), "timestamp").flatMap(t -> number(place, "timestamp", t));
        Optional<Integer> prompt =
                field(place, root.get(), "input_length", "input_tokens").flatMap(t -> tokens(place, "input_length", t));
        Optional<Integer> output =
                field(place, root.get(), "output_length", "output_tokens").flatMap(t -> tokens(place, "output_length", t));
        if (millis.isPresent() && prompt.isPresent() && output.isPresent()) {
            add(place, millis.get() / 1000, prompt.get(), output.get(), rows);
        }
    }

    private Optional<String> field(String place, JsonNode root, String name, String... aliases) {
        JsonNode value = root.get(name);
        for (int i = 0; i < aliases.length && value == null; i++) {
            value = root.get(aliases[i]);
        }
        if (value == null) {
            problem(place, "has no field '" + name + "'; a mooncake line has timestamp, input_length, output_length");
            return Optional.empty();
        }
        return Optional.of(value.asText());
    }
}
