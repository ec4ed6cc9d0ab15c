package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.workload.Workload;
import org.partiflow.io.internal.cluster.GpuEntry;
import org.partiflow.io.internal.cluster.GpuTable;
import org.partiflow.io.internal.cluster.GpuTypeParser;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.Header;

/**
 * What is built in: GPU types, models and workloads, each with its source. Names are stable. Stateless and thread-safe;
 * the GPU table is read once, the rest on demand.
 */
public final class Catalogue {
    private static final String FORMAT = "catalogue/1";

    private Catalogue() {}

    /** All GPU types, in the order of the catalogue. */
    public static List<GpuType> gpuTypes() {
        return gpuTable().types();
    }

    /** The GPU type of this name or alias; case, hyphens and underscores do not matter. */
    public static Optional<GpuType> findGpuType(String nameOrAlias) {
        return gpuTable().find(nameOrAlias);
    }

    /** Names of the built-in models. */
    public static List<String> modelNames() {
        return List.copyOf(Holder.MODELS.keySet());
    }

    /** The built-in model of this name or alias (such as a HuggingFace repository name), in its published precision. */
    public static Optional<Loaded<TransformerModel>> findModel(String nameOrAlias) {
        String wanted = nameOrAlias.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, List<String>> entry : Holder.MODELS.entrySet()) {
            boolean alias = entry.getValue().stream()
                    .anyMatch(a -> a.toLowerCase(Locale.ROOT).equals(wanted));
            if (alias || entry.getKey().equals(wanted)) {
                String name = entry.getKey();
                byte[] content = resource("models/" + name + ".json");
                return Optional.of(builtIn(new ModelReader().readNamed(name, name + ".json", content)));
            }
        }
        return Optional.empty();
    }

    /** Names of the built-in workloads. */
    public static List<String> workloadNames() {
        return Holder.WORKLOADS;
    }

    /** The built-in workload of this name; case does not matter. */
    public static Optional<Loaded<Workload>> findWorkload(String name) {
        return Holder.WORKLOADS.stream()
                .filter(w -> w.equalsIgnoreCase(name))
                .findFirst()
                .map(w -> builtIn(new WorkloadReader().read(w + ".yaml", resource("workloads/" + w + ".yaml"))));
    }

    static GpuTable gpuTable() {
        return Holder.GPUS;
    }

    private static <T> T builtIn(Validation<Seq<FileProblem>, T> read) {
        if (read.isInvalid()) {
            InvalidFileException cause =
                    new InvalidFileException(read.getError().asJava());
            throw new IllegalStateException("the built-in catalogue is broken", cause);
        }
        return read.get();
    }

    private static byte[] resource(String name) {
        try (InputStream in = Catalogue.class.getResourceAsStream("catalogue/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the built-in catalogue lacks '" + name + "'");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in catalogue cannot be read: " + name, e);
        }
    }

    /** Loads on first use. */
    private static final class Holder {
        static final GpuTable GPUS = builtIn(Documents.parse("gpus.yaml", resource("gpus.yaml"), (r, p) -> gpus(r)));
        static final Map<String, List<String>> MODELS =
                builtIn(Documents.parse("models.yaml", resource("models.yaml"), (r, p) -> models(r)));
        static final List<String> WORKLOADS = List.of("HPLD", "HPHD", "LPHD", "LPLD");

        private static @Nullable GpuTable gpus(FieldReader root) {
            Header.check(root, FORMAT);
            List<GpuEntry> entries = GpuTypeParser.parse(root, "gpuTypes", FORMAT);
            return root.build(() -> GpuTable.of(entries));
        }

        private static @Nullable Map<String, List<String>> models(FieldReader root) {
            Header.check(root, FORMAT);
            Map<String, List<String>> aliases = new LinkedHashMap<>();
            for (FieldReader model : root.requiredObjects("models")) {
                aliases.put(model.text("name"), new ArrayList<>(model.texts("aliases")));
                model.text("source");
                model.rejectUnknown();
            }
            return root.build(() -> aliases);
        }
    }
}
