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
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.KvProtocol;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.workload.Workload;
import org.partiflow.costmodel.KvProtocols;
import org.partiflow.io.ClusterReader;
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

    /**
     * Reads the files.
     *
     * @param fallback the KV protocol if the options name none
     * @throws InvalidFileException with the problems of all files
     */
    public PlanningProblem load(KvProtocol fallback) {
        KvProtocol protocol = kvProtocol == null ? fallback : KvProtocols.parse(kvProtocol);
        Validation<Seq<Seq<FileProblem>>, PlanningProblem> read = Validation.combine(
                        new ClusterReader().read(cluster),
                        new ModelReader().readNameOrFile(model),
                        new WorkloadReader().readNameOrFile(workload))
                .ap((c, m, w) -> problem(c, m, w, protocol));
        if (read.isInvalid()) {
            throw new InvalidFileException(all(read.getError()));
        }
        return read.get();
    }

    /** The files that are read, for guarding them against being overwritten. */
    public List<Path> inputs() {
        return List.of(cluster, Path.of(model), Path.of(workload));
    }

    private PlanningProblem problem(
            Loaded<Cluster> c, Loaded<TransformerModel> m, Loaded<Workload> w, KvProtocol protocol) {
        TransformerModel own = m.value();
        Precision weightFormat = weights == null ? own.weights() : precision(weights);
        Precision kvFormat = kv == null ? own.kv() : precision(kv);
        return new PlanningProblem(
                c.value(),
                own.withPrecision(weightFormat, kvFormat),
                w.value(),
                ServingOptions.DEFAULT.withKvProtocol(protocol),
                new Provenance(c.sha256(), m.sha256(), w.sha256()));
    }

    private static Precision precision(Enum<?> format) {
        return Precision.valueOf(format.name().toUpperCase(Locale.ROOT));
    }

    private static List<FileProblem> all(Seq<Seq<FileProblem>> problems) {
        return problems.flatMap(p -> p).asJava();
    }
}
