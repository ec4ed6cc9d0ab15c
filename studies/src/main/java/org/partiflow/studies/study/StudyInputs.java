package org.partiflow.studies.study;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.Digests;
import org.partiflow.io.FileProblem;
import org.partiflow.io.Loaded;
import org.partiflow.io.ModelReader;
import org.partiflow.io.WorkloadReader;
import org.partiflow.io.internal.tree.Problem;
import org.partiflow.io.internal.tree.Problems;

/** Reads the clusters, models and workloads that a study names, each once. One file only. */
final class StudyInputs {
    private final Path study;
    private final Problems problems;
    private final StringBuilder digests = new StringBuilder();
    private final Map<String, Loaded<Cluster>> clusters = new LinkedHashMap<>();
    private final Map<String, Loaded<TransformerModel>> models = new LinkedHashMap<>();
    private final Map<String, Loaded<Workload>> workloads = new LinkedHashMap<>();
    private final Map<String, Optional<String>> names = new LinkedHashMap<>();

    StudyInputs(Path study, Problems problems, byte[] content) {
        this.study = study;
        this.problems = problems;
        digests.append(Digests.sha256(content));
    }

    /** Name of the cluster in this file; empty when problems were added. */
    Optional<String> cluster(String file) {
        return known("cluster " + file, clusters, file, name -> new ClusterReader().read(path(name)));
    }

    /** Name of this model. */
    Optional<String> model(String nameOrFile) {
        return known(
                "model " + nameOrFile, models, nameOrFile, name -> new ModelReader().readNameOrFile(resolved(name)));
    }

    /** Name of this workload. */
    Optional<String> workload(String nameOrFile) {
        return known(
                "workload " + nameOrFile,
                workloads,
                nameOrFile,
                name -> new WorkloadReader().readNameOrFile(resolved(name)));
    }

    org.partiflow.studies.study.Problems all() {
        return new org.partiflow.studies.study.Problems(clusters, models, workloads);
    }

    /** Digest of the study and all that it names. */
    String sha256() {
        return Digests.sha256(digests.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private <T> Optional<String> known(
            String key,
            Map<String, Loaded<T>> kind,
            String text,
            Function<String, Validation<Seq<FileProblem>, Loaded<T>>> reader) {
        Optional<String> known = names.get(key);
        if (known == null) {
            known = load(kind, text, reader);
            names.put(key, known);
        }
        return known;
    }

    private <T> Optional<String> load(
            Map<String, Loaded<T>> kind,
            String text,
            Function<String, Validation<Seq<FileProblem>, Loaded<T>>> reader) {
        Validation<Seq<FileProblem>, Loaded<T>> read = reader.apply(text);
        if (read.isInvalid()) {
            read.getError().forEach(p -> problems.add(new Problem(p.file(), p.path(), p.message())));
            return Optional.empty();
        }
        Loaded<T> loaded = read.get();
        if (kind.putIfAbsent(loaded.name(), loaded) != null) {
            problems.add("", "two inputs are both named '" + loaded.name() + "'; rename one");
            return Optional.empty();
        }
        digests.append(loaded.sha256());
        return Optional.of(loaded.name());
    }

    private Path path(String file) {
        try {
            return study.resolveSibling(file);
        } catch (InvalidPathException e) {
            return Path.of("?");
        }
    }

    /** A file beside the study if there is one, else the text as it is: a built-in name. */
    private String resolved(String nameOrFile) {
        Path beside = path(nameOrFile);
        return Files.exists(beside) || nameOrFile.contains("/") ? beside.toString() : nameOrFile;
    }
}
