package org.partiflow.interop.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.workload.Arrivals;
import org.partiflow.api.workload.FixedLengths;
import org.partiflow.api.workload.RequestClass;
import org.partiflow.api.workload.Workload;

/**
 * Melange's input: GPUs with prices and measured throughputs, and requests by buckets of prompt and output length. Becomes
 * a cluster with {@code --nodes} machines of each GPU (a pool to choose from under the objective cost) and a workload with
 * one class per bucket. The measured throughputs are not used: the cost model predicts them. Stateless and thread-safe.
 */
public final class MelangeImporter implements ClusterImporter {
    /** Upper ends of Melange's buckets, tokens, for tables of ten columns. */
    private static final int[] EDGES = {25, 100, 250, 500, 1000, 2000, 4000, 8000, 16000, 32000};

    @Override
    public String format() {
        return "melange";
    }

    @Override
    public String description() {
        return "Melange's JSON: GPUs with prices, requests by buckets of lengths (--workload-out writes them); needs --nic";
    }

    @Override
    public ImportedCluster read(List<ImportSource> sources, ImportOptions options) {
        ImportSource source = sources.get(0);
        ImportSession session = new ImportSession(source.name(), options);
        JsonNode tree = JsonSources.tree(source);
        JsonNode gpus = tree.path("gpu_info");
        if (!gpus.isObject() || gpus.isEmpty()) {
            session.problem(source, "gpu_info", "is missing or empty; expected GPUs with cost and tputs");
        }
        for (Map.Entry<String, JsonNode> entry : gpus.properties()) {
            nodes(session, source, entry.getKey(), entry.getValue());
        }
        if (options.nodes() == null) {
            session.assume("there are eight machines of each GPU, of one GPU each (--nodes, --gpus-per-node)");
        }
        session.assume("measured throughputs (tputs) are not used: the cost model predicts them");
        return session.finish(workload(session, source, tree));
    }

    private static void nodes(ImportSession session, ImportSource source, String name, JsonNode info) {
        String place = "gpu_info." + name;
        GpuType gpu = session.gpu(place, name);
        OptionalDouble cost = JsonSources.positive(info.path("cost"));
        if (cost.isEmpty()) {
            session.problem(source, place + ".cost", "is missing or no number above 0");
        }
        Nic nic = session.nic(place, null);
        if (gpu == null || nic == null || cost.isEmpty()) {
            return;
        }
        int nodes = session.options().nodes() == null ? 8 : session.options().nodes();
        int count =
                session.options().gpusPerNode() == null ? 1 : session.options().gpusPerNode();
        for (int i = 0; i < nodes; i++) {
            session.add(new Node(
                    name + "-" + i,
                    gpu,
                    count,
                    session.zone(null),
                    session.intraNode(gpu, null),
                    nic,
                    cost.getAsDouble() / count));
        }
    }

    private static @Nullable Workload workload(ImportSession session, ImportSource source, JsonNode tree) {
        JsonNode shares = tree.path("workload_distribution");
        OptionalDouble rate = JsonSources.positive(tree.path("total_request_rate"));
        if (!shares.isArray() || rate.isEmpty()) {
            session.assume("the file has no workload (workload_distribution with total_request_rate)");
            return null;
        }
        List<RequestClass> classes = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < shares.size(); i++) {
            for (int j = 0; j < shares.get(i).size(); j++) {
                JsonNode share = shares.get(i).get(j);
                if (!share.isNumber() || !isShare(share.asDouble()) || i >= EDGES.length || j >= EDGES.length) {
                    session.problem(
                            source,
                            "workload_distribution[" + i + "][" + j + "]",
                            "is '" + share.asText() + "'; expected a share in at most ten by ten buckets");
                    return null;
                }
                sum += share.asDouble();
            }
        }
        if (!(sum > 0)) {
            session.problem(source, "workload_distribution", "has no share above 0");
            return null;
        }
        for (int i = 0; i < shares.size(); i++) {
            for (int j = 0; j < shares.get(i).size(); j++) {
                double share = shares.get(i).get(j).asDouble() / sum;
                if (share > 0) {
                    classes.add(new RequestClass(
                            "in" + EDGES[i] + "-out" + EDGES[j], share, new FixedLengths(middle(i), middle(j))));
                }
            }
        }
        session.assume(
                "a bucket's requests have the length of its middle; buckets end at 25, 100, 250, 500, 1000, ... tokens");
        return new Workload(source.stem(), classes, Arrivals.poisson(rate.getAsDouble()), Optional.empty());
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= JsonSources.LARGEST;
    }

    private static int middle(int bucket) {
        return (EDGES[bucket] + (bucket == 0 ? 0 : EDGES[bucket - 1])) / 2;
    }
}
