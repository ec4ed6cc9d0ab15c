package org.partiflow.io.internal.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.unit.Dimension;
import org.partiflow.api.workload.Arrivals;
import org.partiflow.api.workload.EmpiricalLengths;
import org.partiflow.api.workload.FixedLengths;
import org.partiflow.api.workload.Lengths;
import org.partiflow.api.workload.QuantileLengths;
import org.partiflow.api.workload.RequestClass;
import org.partiflow.api.workload.SloTarget;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.Header;
import org.partiflow.io.internal.tree.Sign;

/** Reads {@code workload/1}. One file only. */
public final class WorkloadParser {
    /** The format's name and version. */
    public static final String FORMAT = "workload/1";

    static final int MAX_TOKENS = 100_000_000;
    private static final double MAX_SECONDS = 1e9;
    private static final double DEFAULT_ATTAINMENT = 0.9;

    private final TraceSource traces;
    private @Nullable Trace trace;

    /** A parser that gets recorded traces from {@code traces}. */
    public WorkloadParser(TraceSource traces) {
        this.traces = traces;
    }

    /** Reads the trace that a workload names. */
    @FunctionalInterface
    public interface TraceSource {
        /** The trace; null when problems were added. */
        @Nullable
        Trace read(FieldReader fields, String file, TraceFormat format, int sample);
    }

    /** The trace that the file names, once parsed. */
    public Optional<Trace> trace() {
        return Optional.ofNullable(trace);
    }

    /** Reads the file; null when problems were added. */
    public @Nullable Workload parse(FieldReader root) {
        if (!Header.check(root, FORMAT)) {
            return null;
        }
        String name = root.text("name");
        List<RequestClass> classes = requests(root.object("requests"));
        Arrivals arrivals = root.has("arrivals") ? arrivals(root.object("arrivals")) : Arrivals.UNSTATED;
        Optional<SloTarget> slo = root.has("slo") ? Optional.ofNullable(slo(root.object("slo"))) : Optional.empty();
        if (arrivals == null) {
            root.rejectUnknown();
            return null;
        }
        return root.build(() -> new Workload(name, classes, arrivals, slo));
    }

    private List<RequestClass> requests(FieldReader fields) {
        boolean hasClasses = fields.has("classes");
        boolean hasTrace = fields.has("trace");
        List<RequestClass> classes = new ArrayList<>();
        if (hasClasses == hasTrace) {
            fields.problem(
                    "classes",
                    hasClasses ? "stands beside a trace; give one of both" : "is missing; give classes or a trace");
        }
        if (hasTrace) {
            trace = trace(fields.object("trace"));
            if (trace != null) {
                classes.add(new RequestClass("trace", 1, new EmpiricalLengths(trace.prompts(), trace.outputs())));
            }
        }
        List<FieldReader> objects = fields.objects("classes");
        if (hasClasses && objects.isEmpty()) {
            fields.problem("classes", "has no class; list at least one");
        }
        for (FieldReader object : objects) {
            RequestClass requestClass = requestClass(object);
            if (requestClass != null) {
                classes.add(requestClass);
            }
        }
        fields.rejectUnknown();
        return classes;
    }

    private static @Nullable RequestClass requestClass(FieldReader fields) {
        String name = fields.text("name");
        double share = fields.number("share", 0, 1);
        Lengths lengths;
        if (fields.has("lengths")) {
            for (String fixed : List.of("promptTokens", "outputTokens")) {
                if (fields.has(fixed)) {
                    fields.problem(fixed, "stands beside lengths; give one of both");
                }
            }
            lengths = quantiles(fields.object("lengths"));
        } else {
            lengths = new FixedLengths(
                    fields.integer("promptTokens", 1, MAX_TOKENS), fields.integer("outputTokens", 1, MAX_TOKENS));
        }
        if (lengths == null) {
            fields.rejectUnknown();
            return null;
        }
        return fields.build(() -> new RequestClass(name, share, lengths));
    }

    private static @Nullable Lengths quantiles(FieldReader fields) {
        List<Double> prompt = fields.numbers("promptQuantiles", 1, MAX_TOKENS);
        List<List<Double>> outputs = fields.numberLists("outputQuantilesByBand", 1, MAX_TOKENS);
        return fields.build(() -> new QuantileLengths(prompt, outputs));
    }

    private @Nullable Trace trace(FieldReader fields) {
        String file = fields.text("file");
        Optional<TraceFormat> format = fields.choice("format", TraceFormat.BY_NAME);
        int sample = fields.findInteger("sample", 1, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE);
        TraceFormat valid = fields.build(format::orElseThrow);
        return valid == null ? null : traces.read(fields, file, valid, sample);
    }

    private @Nullable Arrivals arrivals(FieldReader fields) {
        Optional<Arrivals.Process> process = fields.choice("process", processes());
        boolean recorded = process.filter(p -> p == Arrivals.Process.TRACE).isPresent();
        boolean gamma = process.filter(p -> p == Arrivals.Process.GAMMA).isPresent();
        Optional<Double> given = fields.findQuantity("rate", Dimension.RATE, Sign.POSITIVE, MAX_SECONDS);
        if (process.isPresent() && !recorded && given.isEmpty()) {
            fields.problem("rate", "is missing; give " + Dimension.RATE.example());
        }
        double cv = gamma ? fields.number("cv", 1e-3, 1e3) : 1;
        return recorded
                ? recorded(fields, given)
                : fields.build(() -> new Arrivals(process.orElseThrow(), given.orElseThrow(), cv, List.of()));
    }

    private @Nullable Arrivals recorded(FieldReader fields, Optional<Double> given) {
        Trace known = trace;
        if (known == null) {
            fields.problem("process", "'trace' needs a valid trace under requests; give requests.trace");
            fields.rejectUnknown();
            return null;
        }
        List<Double> times = known.times();
        double span = times.isEmpty() ? 0 : times.get(times.size() - 1) - times.get(0);
        if (!(span > 0)) {
            fields.problem("process", "the trace has no two different arrival times; choose another process");
            fields.rejectUnknown();
            return null;
        }
        double rate = (times.size() - 1) / span;
        return fields.build(() -> {
            Arrivals arrivals = new Arrivals(Arrivals.Process.TRACE, rate, 1, times);
            return given.map(arrivals::withRate).orElse(arrivals);
        });
    }

    private static @Nullable SloTarget slo(FieldReader fields) {
        double ttft = fields.quantity("timeToFirstToken", Dimension.TIME, Sign.POSITIVE, MAX_SECONDS);
        double tpot = fields.quantity("timePerOutputToken", Dimension.TIME, Sign.POSITIVE, MAX_SECONDS);
        double attainment = fields.findNumber("attainment", 0, 1).orElse(DEFAULT_ATTAINMENT);
        return fields.build(() -> new SloTarget(ttft, tpot, attainment));
    }

    private static Map<String, Arrivals.Process> processes() {
        Map<String, Arrivals.Process> processes = new java.util.LinkedHashMap<>();
        for (Arrivals.Process process : Arrivals.Process.values()) {
            processes.put(process.name().toLowerCase(java.util.Locale.ROOT), process);
        }
        return processes;
    }
}
