package org.partiflow.studies.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.partiflow.api.PlanningOptions.Refinement;
import org.partiflow.costmodel.KvProtocols;
import org.partiflow.io.internal.tree.FieldReader;

/** Reads the lists of values of one object, checks each, and loads the files that they name. */
final class AxisParser {
    private static final int MAX_SEEDS = 1_000_000;
    private static final String DEFAULT_PROTOCOL = "rdma-gdr/per-layer/as-stored";

    private final FieldReader fields;
    private final StudyInputs inputs;
    private final Study.Kind kind;

    AxisParser(FieldReader fields, StudyInputs inputs, Study.Kind kind) {
        this.fields = fields;
        this.inputs = inputs;
        this.kind = kind;
    }

    /** One list per axis, in order; empty where the object has none. */
    List<List<String>> parse() {
        List<List<String>> all = new ArrayList<>();
        for (Axis axis : Axis.values()) {
            all.add(axis == Axis.SEED ? seeds() : values(axis));
        }
        return all;
    }

    /** What an axis has where the file lists nothing; empty where it must. */
    static List<String> fallback(Axis axis) {
        return switch (axis) {
            case CLUSTER, MODEL, WORKLOAD -> List.of();
            case SEED -> List.of("42");
            case PLANNER -> List.of("partiflow");
            case PARTITIONER -> List.of("spectral-kl");
            case REFINEMENT -> List.of("guided");
            case FLOW -> List.of("push-relabel");
            case KV_PROTOCOL -> List.of(DEFAULT_PROTOCOL);
            case LINK -> List.of("x1");
            case PLAN -> List.of(PlanUse.REPLANNED.label());
            case LOAD -> List.of("saturated");
        };
    }

    /** Reports a value that has not the form of its axis. */
    static void check(FieldReader at, String path, Axis axis, String value) {
        try {
            switch (axis) {
                case REFINEMENT -> refinement(value);
                case KV_PROTOCOL -> KvProtocols.parse(value);
                case LINK -> LinkScaling.parse(value);
                case PLAN -> PlanUse.parse(value);
                case LOAD -> Load.parse(value);
                default -> {
                    // Names, which are looked up when they are used: what is missing here may be there elsewhere.
                }
            }
        } catch (IllegalArgumentException e) {
            at.problem(path, String.valueOf(e.getMessage()));
        }
    }

    /** The refinement of this name. */
    static Refinement refinement(String name) {
        for (Refinement each : Refinement.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no refinement; write none, random or guided");
    }

    private List<String> seeds() {
        if (!fields.has(Axis.SEED.plural())) {
            return List.of();
        }
        if (fields.isList(Axis.SEED.plural())) {
            return fields.integers(Axis.SEED.plural(), Integer.MIN_VALUE, Integer.MAX_VALUE).stream()
                    .map(String::valueOf)
                    .toList();
        }
        int count = fields.integer(Axis.SEED.plural(), 1, MAX_SEEDS);
        return LongStream.rangeClosed(1, count).mapToObj(String::valueOf).toList();
    }

    private List<String> values(Axis axis) {
        List<String> values = new ArrayList<>();
        List<String> texts = fields.texts(axis.plural());
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            check(fields, axis.plural() + "[" + i + "]", axis, text);
            // A file that cannot be read is a problem already; its text stands for it, so that no other problem
            // follows.
            values.add(loaded(axis, text).orElse(text));
        }
        return values;
    }

    private Optional<String> loaded(Axis axis, String text) {
        if (kind == Study.Kind.SYNTHETIC) {
            return Optional.of(text);
        }
        return switch (axis) {
            case CLUSTER -> inputs.cluster(text);
            case MODEL -> inputs.model(text);
            case WORKLOAD -> inputs.workload(text);
            default -> Optional.of(text);
        };
    }
}
