package org.partiflow.cli.run;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.Provenance;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.PlannedServing;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.costmodel.KvProtocols;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.FileProblem;
import org.partiflow.io.InvalidFileException;
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
            description = "HuggingFace config.json, or a built-in model ('partiflow list models').")
    private String model = "";

    @Option(
            names = "--workload",
            required = true,
            paramLabel = "FILE|NAME",
            description = "Workload file (workload/1), or a built-in workload ('partiflow list workloads').")
    private String workload = "";

    @Option(
            names = "--weights",
            paramLabel = "FORMAT",
            description = "Number format of the weights: fp16, bf16, fp8 or int4. Default: the model's own.")
    private @Nullable WeightFormat weights;

    @Option(
            names = "--kv",
            paramLabel = "FORMAT",
            description = "Number format of the KV cache: fp16 or fp8. Default: the model's own.")
    private @Nullable KvFormat kv;

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
        KvProtocol protocol = kvProtocol == null ? fallback : KvProtocols.parse(kvProtocol);
        ServingOptions serving = serving(planned, protocol);
        Validation<Seq<Seq<FileProblem>>, PlanningProblem> read = Validation.combine(
                        new ClusterReader().read(clusterFile),
                        new ModelReader().readNameOrFile(model),
                        new WorkloadReader().readNameOrFile(workload))
                .ap((c, m, w) -> new PlanningProblem(
                        c.value(),
                        formatted(m.value(), planned),
                        w.value(),
                        serving,
                        new Provenance(c.sha256(), m.sha256(), w.sha256())));
        if (read.isInvalid()) {
            throw new InvalidFileException(all(read.getError()));
        }
        return read.get();
    }

    /** The files that are read, for guarding them against being overwritten. */
    public List<Path> inputs() {
        return List.of(cluster, Path.of(model), Path.of(workload));
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

    private TransformerModel formatted(TransformerModel own, @Nullable PlannedServing planned) {
        Precision weightFormat = weights == null ? null : precision(weights);
        Precision kvFormat = kv == null ? null : precision(kv);
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

    private static Precision precision(Enum<?> format) {
        return Precision.valueOf(format.name().toUpperCase(Locale.ROOT));
    }

    private static List<FileProblem> all(Seq<Seq<FileProblem>> problems) {
        return problems.flatMap(p -> p).asJava();
    }
}
