package org.partiflow.fuzz;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.partiflow.io.ClusterReader;
import org.partiflow.io.FaultsReader;
import org.partiflow.io.HelixInstanceReader;
import org.partiflow.io.ModelReader;
import org.partiflow.io.PlanReader;
import org.partiflow.io.WorkloadReader;

/** One target for each format that is read. */
public enum Target {
    /** {@code cluster/1}. */
    CLUSTER(data -> OwnFormats.document(new ClusterReader(), data)),
    /** {@code workload/1}. */
    WORKLOAD(data -> OwnFormats.document(new WorkloadReader(), data)),
    /** {@code plan/1}. */
    PLAN(data -> OwnFormats.document(new PlanReader(), data)),
    /** {@code faults/1}. */
    FAULTS(data -> OwnFormats.document(new FaultsReader(), data)),
    /** HuggingFace's {@code config.json}. */
    MODEL(data -> OwnFormats.document(new ModelReader(), data)),
    /** Helix's published instances. */
    HELIX_INSTANCE(data -> OwnFormats.document(new HelixInstanceReader(), data)),
    /** {@code study/1}. */
    STUDY(OwnFormats::study),
    /** Traces as Azure publishes them. */
    TRACE_AZURE(data -> OwnFormats.trace("azure", data)),
    /** Traces as Mooncake publishes them. */
    TRACE_MOONCAKE(data -> OwnFormats.trace("mooncake", data)),
    /** Traces of our own columns. */
    TRACE_CSV(data -> OwnFormats.trace("csv", data)),
    /** Recorded runs of an engine, in any trace format. */
    ENGINE_TRACE(OwnFormats::recordedRequests),
    /** Graphs in METIS's format. */
    METIS(Measurements::metis),
    /** {@code profile-cost/1}. */
    PROFILE(Measurements::profile),
    /** {@code profile-raw/1}. */
    PROFILE_RAW(Measurements::rawProfile),
    /** Tables of measurements. */
    MEASURED_CSV(Measurements::table),
    /** {@code kubectl get nodes -o json}. */
    KUBERNETES(data -> ForeignClusters.read("kubernetes", data)),
    /** {@code nvidia-smi topo -m}. */
    NVIDIA_SMI(data -> ForeignClusters.read("nvidia-smi", data)),
    /** NCCL's topology file. */
    NCCL(data -> ForeignClusters.read("nccl", data)),
    /** AIConfigurator's system files. */
    AICONFIGURATOR(data -> ForeignClusters.read("aiconfigurator", data)),
    /** Helix's INI files. */
    HELIX(data -> ForeignClusters.read("helix", data)),
    /** Melange's JSON. */
    MELANGE(data -> ForeignClusters.read("melange", data));

    private final Reader reader;

    Target(Reader reader) {
        this.reader = reader;
    }

    /** Reads bytes; returns if they were read or refused as documented. */
    public void read(byte[] data) throws IOException {
        reader.read(data);
    }

    /** Name in folders and on command lines. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The target of this label. */
    public static Target named(String label) {
        return Arrays.stream(values())
                .filter(target -> target.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target is named '" + label + "'; choose from: "
                        + Arrays.stream(values()).map(Target::label).collect(Collectors.joining(", "))));
    }

    /** Reads bytes of one format. */
    @FunctionalInterface
    private interface Reader {
        void read(byte[] data) throws IOException;
    }
}
