package org.partiflow.studies.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.NearestName;

/** Reads the questions of a study. */
final class QuestionParser {
    private static final double DEFAULT_MARGIN = 0.02;

    private final FieldReader root;
    private final List<Grid> grids;
    private final List<Metric> metrics;

    QuestionParser(FieldReader root, List<Grid> grids, List<Metric> metrics) {
        this.root = root;
        this.grids = grids;
        this.metrics = metrics;
    }

    List<Question> parse() {
        List<Question> questions = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        for (FieldReader fields : root.objects("questions")) {
            Question question = question(fields);
            if (question != null && !ids.add(question.id())) {
                fields.problem("id", "two questions are named '" + question.id() + "'; rename one");
            } else if (question != null) {
                questions.add(question);
            }
        }
        return questions;
    }

    private @Nullable Question question(FieldReader fields) {
        String id = fields.text("id");
        String ask = fields.text("ask");
        Optional<Grid> grid =
                grid(fields, "grid", grids.isEmpty() ? "" : grids.get(0).name());
        Optional<Grid> baselineGrid =
                grid(fields, "baselineGrid", grid.map(Grid::name).orElse(""));
        Map<String, Axis> axes = new LinkedHashMap<>();
        for (Axis axis : Axis.values()) {
            axes.put(axis.label(), axis);
        }
        Optional<Axis> compare = fields.choice("compare", axes);
        Map<Axis, List<String>> where = fields.has("where") ? values(fields.object("where"), grid) : Map.of();
        Map<Axis, String> baseline = new LinkedHashMap<>();
        values(fields.object("baseline"), baselineGrid).forEach((axis, values) -> {
            if (!values.isEmpty()) {
                baseline.put(axis, values.get(0));
            }
        });
        Optional<Metric> metric = metric(fields);
        double margin = fields.findNumber("margin", 0, 1).orElse(DEFAULT_MARGIN);
        Optional<Question.Claim> claim =
                fields.has("claim") ? Optional.ofNullable(claim(fields.object("claim"))) : Optional.empty();
        return fields.build(() -> new Question(
                id,
                ask,
                grid.orElseThrow(IllegalArgumentException::new).name(),
                compare.orElseThrow(IllegalArgumentException::new),
                where,
                baseline,
                baselineGrid.orElseThrow(IllegalArgumentException::new).name(),
                metric.orElseThrow(IllegalArgumentException::new),
                margin,
                claim));
    }

    private Optional<Grid> grid(FieldReader fields, String field, String fallback) {
        String name = fields.text(field, fallback);
        List<String> names = grids.stream().map(Grid::name).toList();
        Optional<Grid> found =
                grids.stream().filter(grid -> grid.name().equals(name)).findFirst();
        if (found.isEmpty()) {
            fields.problem(
                    field, "there is no grid '" + name + "'" + NearestName.suggestion(name, names) + choices(names));
        }
        return found;
    }

    private static Map<Axis, List<String>> values(FieldReader fields, Optional<Grid> grid) {
        Map<Axis, List<String>> values = new LinkedHashMap<>();
        for (Axis axis : Axis.values()) {
            if (!fields.has(axis.label())) {
                continue;
            }
            List<String> given =
                    fields.isList(axis.label()) ? fields.texts(axis.label()) : List.of(fields.text(axis.label()));
            List<String> known = grid.map(g -> g.of(axis)).orElse(given);
            for (String value : given) {
                if (!known.contains(value)) {
                    fields.problem(
                            axis.label(),
                            "the grid has no " + axis.label() + " '" + value + "'"
                                    + NearestName.suggestion(value, known) + choices(known));
                }
            }
            values.put(axis, given);
        }
        fields.rejectUnknown();
        return values;
    }

    private Optional<Metric> metric(FieldReader fields) {
        String name = fields.text("metric");
        Optional<Metric> metric =
                metrics.stream().filter(m -> m.name().equals(name)).findFirst();
        if (metric.isEmpty()) {
            List<String> names = metrics.stream().map(Metric::name).toList();
            fields.problem(
                    "metric",
                    "the study reports no metric '" + name + "'" + NearestName.suggestion(name, names)
                            + "; add it to metrics, or choose from: " + String.join(", ", names));
        }
        return metric;
    }

    private static Question.@Nullable Claim claim(FieldReader fields) {
        String source = fields.text("source");
        double factor = fields.number("factor", 1e-6, 1e6);
        String text = fields.text("text");
        return fields.build(() -> new Question.Claim(source, factor, text));
    }

    private static String choices(List<String> names) {
        return "; choose from: " + String.join(", ", names);
    }
}
