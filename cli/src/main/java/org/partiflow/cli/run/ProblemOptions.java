package org.partiflow.cli.run;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.Provenance;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.joint.JointPlan;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.PlannedServing;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.workload.Workload;
import org.partiflow.costmodel.KvProtocols;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.Documents;
import org.partiflow.io.FileProblem;
import org.partiflow.io.InvalidFileException;
import org.partiflow.io.Loaded;
import org.partiflow.io.ModelReader;
import org.partiflow.io.WorkloadReader;
import picocli.CommandLine.Option;

/** Options that name the problem: cluster, model, workload, number formats and the KV protocol. */
public final class ProblemOptions {
    /** Number formats of weights. */
    public enum WeightFormat {
        /** IEEE half precision. */
        FP16,
        /** bfloat16. */
        BF16,
        /** 8-bit floating point. */
        FP8,
        /** 4-bit integers. */
        INT4
    }

    /** Number formats of the KV cache. */
    public enum KvFormat {
        /** 16 bits. */
        FP16,
        /** 8-bit floating point. */
        FP8
    }

    @Option(names = "--cluster", required = true, paramLabel = "FILE", description = "Cluster file (cluster/1).")
    private Path cluster = Path.of("");

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE|NAME",
            description =
                    "HuggingFace config.json, or a built-in model ('partiflow list models'). plan and check: may be"
                            + " repeated, with a --workload each.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--workload",
            required = true,
            paramLabel = "FILE|NAME",
            description = "Workload file (workload/1), or a built-in workload ('partiflow list workloads').")
    private List<String> workloads = new ArrayList<>();

    @Option(
            names = "--weights",
            paramLabel = "FORMAT",
            description = "Number format of the weights: fp16, bf16, fp8 or int4; one for all models, or one"
                    + " for each. Default: the model's own.")
    private List<WeightFormat> weights = new ArrayList<>();

    @Option(
            names = "--kv",
            paramLabel = "FORMAT",
            description = "Number format of the KV cache: fp16 or fp8; one for all models, or one for each."
                    + " Default: the model's own.")
    private List<KvFormat> kv = new ArrayList<>();

    @Option(
            names = "--kv-protocol",
            paramLabel = "NAME",
            description = "How KV caches travel: TRANSPORT[/SCHEDULE[/ENCODING]] ('partiflow list protocols')."
                    + " Default: rdma-gdr/per-layer between nodes; check and simulate: as in the plan.")
    private @Nullable String kvProtocol;

    @Option(
            names = "--memory-utilization",
            paramLabel = "SHARE",
            description = "Share of GPU memory that may be filled, in (0, 1]. Default: 0.9; check and simulate: as in"
                    + " the plan.")
    private @Nullable Double memoryUtilization;

    @Option(
            names = "--max-num-batched-tokens",
            paramLabel = "N",
            description = "Most tokens of a forward pass. Default: 8192; check and simulate: as in the plan.")
    private @Nullable Integer maxBatchedTokens;

    @Option(
            names = "--max-num-seqs",
            paramLabel = "N",
            description = "Most sequences of a micro-batch. Default: 256; check and simulate: as in the plan.")
    private @Nullable Integer maxSequences;

    /**
     * Reads the files for planning.
     *
     * @param fallback the KV protocol if the options name none
     * @throws InvalidFileException with the problems of all files
     */
    public PlanningProblem load(KvProtocol fallback) {
        return load(fallback, null, cluster);
    }

    /**
     * Reads the files that a plan is held against: engines are run as the plan says.
     *
     * @throws InvalidFileException with the problems of all files
     * @throws IllegalArgumentException if an option contradicts the plan
     */
    PlanningProblem load(ServingPlan plan) {
        return load(plan, cluster);
    }

    /** As {@link #load(ServingPlan)}, on another cluster than the one that the options name. */
    PlanningProblem load(ServingPlan plan, Path clusterFile) {
        return load(PlannedProtocol.of(plan), plan.inputs().serving(), clusterFile);
    }

    private PlanningProblem load(KvProtocol fallback, @Nullable PlannedServing planned, Path clusterFile) {
        requireOne();
        return load(1, t -> fallback, t -> planned, clusterFile).get(0);
    }

    /** Whether several models are named. */
    public boolean areSeveral() {
        return models.size() > 1 || workloads.size() > 1;
    }

    /**
     * Reads the files for planning several models; all problems have the same cluster.
     *
     * @param fallback the KV protocol if the options name none
     * @throws InvalidFileException with the problems of all files
     * @throws IllegalArgumentException if the models and workloads are not pairs
     */
    public List<PlanningProblem> loadAll(KvProtocol fallback) {
        return load(pairs(), t -> fallback, t -> null, cluster);
    }

    /**
     * Reads the files that a joint plan is held against: each model's engines are run as its part says.
     *
     * @throws InvalidFileException with the problems of all files
     * @throws IllegalArgumentException if the models and workloads are not pairs, or not as many as the plan has parts
     */
    public List<PlanningProblem> loadAll(JointPlan plan) {
        int pairs = pairs();
        if (pairs != plan.parts().size()) {
            throw new IllegalArgumentException("the plan has " + plan.parts().size() + " parts, but " + pairs
                    + " --model and --workload are given: give those of every part, in its order");
        }
        return load(
                pairs,
                t -> PlannedProtocol.of(plan.parts().get(t).plan()),
                t -> plan.parts().get(t).plan().inputs().serving(),
                cluster);
    }

    private int pairs() {
        if (models.size() != workloads.size()) {
            throw new IllegalArgumentException("--model is given " + times(models.size()) + " and --workload "
                    + times(workloads.size()) + ": give one --workload for each --model, in the same order");
        }
        return models.size();
    }

    private void requireOne() {
        if (areSeveral()) {
            throw new IllegalArgumentException("--model is given " + times(models.size()) + " and --workload "
                    + times(workloads.size()) + ": only plan and check take several; give one of each");
        }
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private List<PlanningProblem> load(
            int pairs,
            IntFunction<KvProtocol> fallback,
            IntFunction<@Nullable PlannedServing> planned,
            Path clusterFile) {
        List<FileProblem> problems = new ArrayList<>();
        Optional<Loaded<Cluster>> read = value(new ClusterReader().read(clusterFile), problems);
        List<PlanningProblem> all = new ArrayList<>();
        for (int t = 0; t < pairs; t++) {
            KvProtocol protocol = kvProtocol == null ? fallback.apply(t) : KvProtocols.parse(kvProtocol);
            PlannedServing as = planned.apply(t);
            ServingOptions serving = serving(as, protocol);
            Optional<Loaded<TransformerModel>> model = value(new ModelReader().readNameOrFile(models.get(t)), problems);
            Optional<Loaded<Workload>> workload =
                    value(new WorkloadReader().readNameOrFile(workloads.get(t)), problems);
            if (read.isPresent() && model.isPresent() && workload.isPresent()) {
                all.add(new PlanningProblem(
                        read.get().value(),
                        formatted(model.get().value(), as, t),
                        workload.get().value(),
                        serving,
                        new Provenance(
                                read.get().sha256(),
                                model.get().sha256(),
                                workload.get().sha256())));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidFileException(problems.stream().distinct().toList());
        }
        return all;
    }

    private static <T> Optional<Loaded<T>> value(
            Validation<Seq<FileProblem>, Loaded<T>> read, List<FileProblem> problems) {
        if (read.isInvalid()) {
            problems.addAll(read.getError().asJava());
            return Optional.empty();
        }
        return Optional.of(read.get());
    }

    /**
     * The part of a plan file that the named model and workload are in.
     *
     * @throws IllegalArgumentException if it is in none or in several
     */
    ServingPlan part(Path file, JointPlan plan) {
        requireOne();
        if (plan.parts().size() == 1) {
            return plan.parts().get(0).plan();
        }
        String model = Documents.orThrow(new ModelReader().readNameOrFile(models.get(0)))
                .name();
        String workload = Documents.orThrow(new WorkloadReader().readNameOrFile(workloads.get(0)))
                .name();
        List<ServingPlan> parts =
                plan.parts().stream().map(JointPlan.Part::plan).toList();
        List<ServingPlan> matching = parts.stream()
                .filter(part -> part.inputs().model().name().equals(model)
                        && part.inputs().workload().name().equals(workload))
                .toList();
        if (matching.size() != 1) {
            throw new IllegalArgumentException(file + " holds the plans of "
                    + parts.stream()
                            .map(part -> part.inputs().model().name() + " under "
                                    + part.inputs().workload().name())
                            .collect(Collectors.joining(", "))
                    + ": " + model + " under " + workload + " is " + (matching.isEmpty() ? "none" : "more than one")
                    + " of them");
        }
        return matching.get(0);
    }

    /** The files that are read, for guarding them against being overwritten. */
    public List<Path> inputs() {
        return Stream.of(Stream.of(cluster.toString()), models.stream(), workloads.stream())
                .flatMap(names -> names)
                .map(Path::of)
                .toList();
    }

    /** The cluster file. */
    Path cluster() {
        return cluster;
    }

    private ServingOptions serving(@Nullable PlannedServing planned, KvProtocol protocol) {
        ServingOptions base = planned == null
                ? ServingOptions.DEFAULT
                : new ServingOptions(
                        planned.memoryUtilization(),
                        planned.maxBatchedTokens(),
                        planned.maxSequences(),
                        protocol,
                        planned.engine());
        boolean fixed = planned != null;
        return new ServingOptions(
                agreed("--memory-utilization", memoryUtilization, base.memoryUtilization(), fixed),
                agreed("--max-num-batched-tokens", maxBatchedTokens, base.maxBatchedTokens(), fixed),
                agreed("--max-num-seqs", maxSequences, base.maxSequences(), fixed),
                protocol,
                base.engine());
    }

    private TransformerModel formatted(TransformerModel own, @Nullable PlannedServing planned, int pair) {
        Precision weightFormat = precision("--weights", weights, pair);
        Precision kvFormat = precision("--kv", kv, pair);
        return own.withPrecision(
                agreed("--weights", weightFormat, planned == null ? own.weights() : planned.weights(), planned != null),
                agreed("--kv", kvFormat, planned == null ? own.kv() : planned.kv(), planned != null));
    }

    /** The given value, or the other one where none is given; they must be equal where the other one is the plan's. */
    private static <T> T agreed(String option, @Nullable T given, T otherwise, boolean planned) {
        if (given != null && planned && !given.equals(otherwise)) {
            throw new IllegalArgumentException(
                    option + " " + text(given) + " contradicts the plan, which was made with " + text(otherwise)
                            + ": leave the option out, or plan again with it");
        }
        return given == null ? otherwise : given;
    }

    private static String text(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    private @Nullable Precision precision(String option, List<? extends Enum<?>> formats, int pair) {
        if (formats.size() > 1 && formats.size() != models.size()) {
            throw new IllegalArgumentException(option + " is given " + times(formats.size()) + " for " + models.size()
                    + " models: give one for all, or one for each");
        }
        return formats.isEmpty()
                ? null
                : Precision.valueOf(formats.get(formats.size() == 1 ? 0 : pair).name());
    }
}
