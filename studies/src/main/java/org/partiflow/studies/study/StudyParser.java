package org.partiflow.studies.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.Header;
import org.partiflow.io.internal.tree.NearestName;

/** Reads {@code study/1}. One file only. */
final class StudyParser {
    static final String FORMAT = "study/1";

    private static final int MAX_REQUESTS = 10_000_000;
    private static final long DEFAULT_EVALUATIONS = 2_000;
    private static final int DEFAULT_REQUESTS = 400;
    private static final double MAX_SCALE = 1000;

    private final FieldReader root;
    private final StudyInputs inputs;
    private Study.Kind kind = Study.Kind.PLANNING;

    StudyParser(FieldReader root, StudyInputs inputs) {
        this.root = root;
        this.inputs = inputs;
    }

    /** The study; {@code null} when problems were added. */
    @Nullable
    Study parse() {
        if (!Header.check(root, FORMAT)) {
            return null;
        }
        String name = root.text("name");
        String title = root.text("title", name);
        String summary = root.text("summary", title);
        kind = kind();
        List<Grid> grids = grids();
        StudySettings settings = settings(grids);
        List<Metric> metrics = metrics();
        List<Question> questions = new QuestionParser(root, grids, metrics).parse();
        Optional<Study.Example> example = example(grids);
        return root.build(() -> new Study(
                name,
                title,
                summary,
                kind,
                grids,
                settings,
                metrics,
                questions,
                example,
                inputs.all(),
                inputs.sha256()));
    }

    private Study.Kind kind() {
        Map<String, Study.Kind> kinds = new LinkedHashMap<>();
        for (Study.Kind each : Study.Kind.values()) {
            kinds.put(each.name().toLowerCase(Locale.ROOT), each);
        }
        return root.has("kind") ? root.choice("kind", kinds).orElse(Study.Kind.PLANNING) : Study.Kind.PLANNING;
    }

    private List<Grid> grids() {
        AxisParser common = new AxisParser(root, inputs, kind);
        List<List<String>> shared = common.parse();
        if (!root.has("grids")) {
            return grid(root, "all", shared).stream().toList();
        }
        List<Grid> grids = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (FieldReader fields : root.objects("grids")) {
            String name = fields.text("name");
            List<List<String>> own = new AxisParser(fields, inputs, kind).parse();
            List<List<String>> merged = new ArrayList<>();
            for (int axis = 0; axis < own.size(); axis++) {
                merged.add(own.get(axis).isEmpty() ? shared.get(axis) : own.get(axis));
            }
            if (!names.add(name)) {
                fields.problem("name", "two grids are named '" + name + "'; rename one");
            }
            fields.rejectUnknown();
            grid(fields, name, merged).ifPresent(grids::add);
        }
        if (root.objects("grids").isEmpty()) {
            root.problem("grids", "has no grid; list at least one, or leave the field out");
        }
        return grids;
    }

    private static Optional<Grid> grid(FieldReader at, String name, List<List<String>> values) {
        List<List<String>> complete = new ArrayList<>();
        boolean missing = false;
        for (Axis axis : Axis.values()) {
            List<String> given = values.get(axis.position());
            List<String> used = given.isEmpty() ? AxisParser.fallback(axis) : given;
            if (used.isEmpty()) {
                at.problem(axis.plural(), "is missing; list at least one");
                missing = true;
            } else if (used.stream().distinct().count() < used.size()) {
                at.problem(axis.plural(), "names one value twice; name each once");
                missing = true;
            }
            complete.add(used);
        }
        return missing ? Optional.empty() : Optional.of(new Grid(name, complete));
    }

    private StudySettings settings(List<Grid> grids) {
        Objective objective = root.has("objective")
                ? root.choice("objective", objectives()).orElse(Objective.THROUGHPUT)
                : Objective.THROUGHPUT;
        String costModel = root.text("costModel", "roofline");
        long evaluations =
                root.has("evaluations") ? root.longInteger("evaluations", 1, Long.MAX_VALUE) : DEFAULT_EVALUATIONS;
        int requests = root.findInteger("requests", 1, MAX_REQUESTS).orElse(DEFAULT_REQUESTS);
        int planSeeds = root.findInteger("planSeeds", 1, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE);
        Set<String> seeded = new TreeSet<>(root.texts("seededPartitioners"));
        List<Double> scales = root.has("sloScales") ? root.numbers("sloScales", 1e-3, MAX_SCALE) : List.of();
        List<Long> checkpoints = root.integers("checkpoints", 1, Integer.MAX_VALUE).stream()
                .map(Integer::longValue)
                .toList();
        return new StudySettings(
                objective, costModel, evaluations, requests, planSeeds, seeded, scales, checkpoints, reference(grids));
    }

    /** What the file says, completed by the first value of each axis in the first grid. */
    private Map<Axis, String> reference(List<Grid> grids) {
        Map<Axis, String> reference = new LinkedHashMap<>();
        FieldReader fields = root.has("reference") ? root.object("reference") : null;
        for (Axis axis : Axis.values()) {
            if (!axis.ofVariant()) {
                continue;
            }
            String first = grids.isEmpty() ? "none" : grids.get(0).of(axis).get(0);
            String chosen = fields == null ? first : fields.text(axis.label(), first);
            if (fields != null && fields.has(axis.label())) {
                AxisParser.check(fields, axis.label(), axis, chosen);
            }
            reference.put(axis, chosen);
        }
        if (fields != null) {
            fields.rejectUnknown();
        }
        return reference;
    }

    private static Map<String, Objective> objectives() {
        return Map.of("throughput", Objective.THROUGHPUT, "goodput", Objective.GOODPUT);
    }

    private List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        List<String> names = root.texts("metrics");
        for (int i = 0; i < names.size(); i++) {
            Optional<Metric> metric = Metric.find(names.get(i));
            metric.ifPresent(metrics::add);
            if (metric.isEmpty()) {
                root.problem(
                        "metrics[" + i + "]",
                        "there is no metric '" + names.get(i) + "'"
                                + NearestName.suggestion(names.get(i), Metric.names()) + "; choose from: "
                                + String.join(", ", Metric.names()));
            }
        }
        if (metrics.isEmpty() && names.isEmpty()) {
            root.problem("metrics", "is missing; list at least one of: " + String.join(", ", Metric.names()));
        }
        return metrics;
    }

    private Optional<Study.Example> example(List<Grid> grids) {
        if (!root.has("example") || grids.isEmpty()) {
            return Optional.empty();
        }
        FieldReader fields = root.object("example");
        List<String> chosen = new ArrayList<>();
        for (Axis axis : List.of(Axis.CLUSTER, Axis.MODEL, Axis.WORKLOAD)) {
            List<String> known = grids.stream()
                    .flatMap(grid -> grid.of(axis).stream())
                    .distinct()
                    .toList();
            String value = fields.text(axis.label(), known.get(0));
            if (!known.contains(value)) {
                fields.problem(
                        axis.label(),
                        "the study has no " + axis.label() + " '" + value + "'" + NearestName.suggestion(value, known)
                                + "; choose from: " + String.join(", ", known));
            }
            chosen.add(value);
        }
        fields.rejectUnknown();
        return Optional.of(new Study.Example(chosen.get(0), chosen.get(1), chosen.get(2)));
    }
}
