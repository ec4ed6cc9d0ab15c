package org.partiflow.interop.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;
import org.partiflow.io.Catalogue;

/**
 * A system file of NVIDIA's AIConfigurator ({@code systems/h200_sxm.yaml}): one kind of machine. Its figures replace the
 * catalogue's; the price and the kind of link come from there. Bandwidths are per GPU and direction, so that a node's
 * network interface carries as many times {@code inter_node_bw} as it has GPUs. Stateless and thread-safe.
 */
public final class AiConfiguratorImporter implements ClusterImporter {
    private static final int MOST_GPUS = 4096;

    @Override
    public String format() {
        return "aiconfigurator";
    }

    @Override
    public String description() {
        return "a system YAML of AIConfigurator; --nodes says how many such machines there are";
    }

    @Override
    public ImportedCluster read(List<ImportSource> sources, ImportOptions options) {
        ImportSession session = new ImportSession(sources.get(0).name(), options);
        for (ImportSource source : sources) {
            new System(session, source, JsonSources.tree(source)).add();
        }
        return session.finish();
    }

    /** One file. */
    private record System(ImportSession session, ImportSource source, JsonNode tree) {
        void add() {
            Optional<GpuType> known = known();
            GpuType gpu = gpu(known);
            double gpus = session.options().gpusPerNode() != null
                    ? session.options().gpusPerNode()
                    : number("/node/num_gpus_per_node").orElse(0);
            OptionalDouble intra = number("/node/intra_node_bw");
            OptionalDouble inter = number("/node/inter_node_bw");
            OptionalDouble latency = number("/node/p2p_latency");
            if (gpus > MOST_GPUS) {
                session.problem(source, "node.num_gpus_per_node", "is above " + MOST_GPUS);
            }
            if (gpu == null
                    || gpus < 1
                    || gpus > MOST_GPUS
                    || intra.isEmpty()
                    || inter.isEmpty()
                    || latency.isEmpty()) {
                return;
            }
            Link usual = UsualLinks.of(known.map(GpuType::name).orElse(gpu.name()));
            Duration delay = Duration.ofNanos(Math.round(latency.getAsDouble() * 1e9));
            Link link = session.intraNode(gpu, new Link(usual.kind(), new Bandwidth(intra.getAsDouble()), delay));
            Nic nic = session.nic("/node/inter_node_bw", new Bandwidth(gpus * inter.getAsDouble()));
            int nodes =
                    session.options().nodes() == null ? 1 : session.options().nodes();
            if (session.options().nodes() == null) {
                session.assume("there is one such machine (--nodes says otherwise)");
            }
            for (int i = 0; i < nodes && nic != null; i++) {
                session.add(new Node(
                        source.stem() + "-" + i,
                        gpu,
                        (int) gpus,
                        session.zone(null),
                        link,
                        nic,
                        gpu.pricePerHourUsd()));
            }
        }

        private Optional<GpuType> known() {
            String name = session.options().gpu() == null
                    ? source.stem()
                    : session.options().gpu();
            return Catalogue.findGpuType(name);
        }

        private @Nullable GpuType gpu(Optional<GpuType> known) {
            OptionalDouble memory = number("/gpu/mem_capacity");
            OptionalDouble bandwidth = number("/gpu/mem_bw");
            OptionalDouble half = number("/gpu/bfloat16_tc_flops");
            if (memory.isEmpty() || bandwidth.isEmpty() || half.isEmpty()) {
                return null;
            }
            String name = known.map(GpuType::name).orElse(source.stem());
            session.assume(
                    known.isPresent()
                            ? "the price of " + name + " is the catalogue's; its rates and memory are the file's"
                            : "'" + name + "' is not in the catalogue: its price is taken as 0 USD");
            return new GpuType(
                    name,
                    new DataSize((long) memory.getAsDouble()),
                    new Bandwidth(bandwidth.getAsDouble()),
                    new ComputeRate(half.getAsDouble()),
                    new ComputeRate(
                            JsonSources.positive(tree.at("/gpu/fp8_tc_flops")).orElse(0)),
                    known.map(GpuType::pricePerHourUsd).orElse(0.0),
                    "AIConfigurator system file " + source.stem());
        }

        private OptionalDouble number(String pointer) {
            OptionalDouble value = JsonSources.positive(tree.at(pointer));
            if (value.isEmpty()) {
                JsonNode found = tree.at(pointer);
                String place = pointer.substring(1).replace('/', '.');
                session.problem(
                        source,
                        place,
                        found.isMissingNode()
                                ? "is missing; expected a number above 0"
                                : "is '" + found.asText() + "'; expected a number above 0");
            }
            return value;
        }
    }
}
