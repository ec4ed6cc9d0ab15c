package org.partiflow.solvers.strategy;

import java.util.concurrent.ConcurrentHashMap;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;

/**
 * What a search asks about stages again and again, looked up by numbers: times of a tensor-parallel set inside a node,
 * and the memory of layers, caches and activations. Thread-safe.
 */
final class StageTable {
    /** All layers take the same time; times of stages across GPU types bend a little. */
    private static final double ALIKE = 1.001;
    /** Some layers have experts, others have not. */
    private static final double OF_KINDS = 1.08;

    final PlanningProblem problem;
    final TransformerModel model;
    private final Cluster cluster;
    private final CostModel costModel;
    private final GroupEvaluator evaluator;
    private final ConcurrentHashMap<Long, StageCost> byNodeAndDegree = new ConcurrentHashMap<>();
    private final double[] layerBytesByDegree;
    private final double modelBytes;
    private final double unevenness;

    StageTable(PlanningProblem problem, CostModel costModel, GroupEvaluator evaluator) {
        this.problem = problem;
        this.costModel = costModel;
        this.evaluator = evaluator;
        model = problem.model();
        cluster = problem.cluster();
        layerBytesByDegree = new double[cluster.gpuCount() + 1];
        modelBytes = Sharding.weightBytesPerGpu(model, 0, model.layers(), 1);
        unevenness = areAlike(model) ? ALIKE : OF_KINDS;
    }

    /** By how much a stage may be faster than the mean of the model's layers says. */
    double unevenness() {
        return unevenness;
    }

    private static boolean areAlike(TransformerModel model) {
        for (int layer = 1; layer < model.layers(); layer++) {
            if (model.layerParameters(layer) != model.layerParameters(0)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the weights alone fit into the set's usable memory. */
    boolean couldHold(GpuSet set) {
        double bytes = 0;
        for (int position = 0; position < set.positions(); position++) {
            long memory = cluster.node(set.node(position)).gpu().memory().bytes();
            bytes += set.count(position) * problem.serving().memoryUtilization() * memory;
        }
        return bytes >= modelBytes;
    }

    CostModel costModel() {
        return costModel;
    }

    StageCost stage(int[] gpus) {
        int node = cluster.nodeOf(gpus[0]);
        if (cluster.nodeOf(gpus[gpus.length - 1]) != node) {
            return costModel.stage(StageHardware.of(cluster, gpus));
        }
        long key = ((long) node << 32) | gpus.length;
        StageCost known = byNodeAndDegree.get(key);
        if (known == null) {
            known = costModel.stage(StageHardware.of(cluster, gpus));
            byNodeAndDegree.put(key, known);
        }
        return known;
    }

    /** Whether the GPUs of every stage that spans nodes reach each other. */
    boolean areConnected(int[][] stages) {
        for (int[] gpus : stages) {
            boolean spans = cluster.nodeOf(gpus[0]) != cluster.nodeOf(gpus[gpus.length - 1]);
            if (spans && StageHardware.of(cluster, gpus).link().bytesPerSecond() == 0) {
                return false;
            }
        }
        return true;
    }

    /** Bytes on each GPU for the heaviest layer. */
    double layerBytes(int degree) {
        double known = layerBytesByDegree[degree];
        if (known == 0) {
            // Middle layers have no embedding; the first and last are accounted for apart.
            for (int layer = 0; layer < model.layers(); layer++) {
                double bytes = Sharding.weightBytesPerGpu(model, layer, 1, degree) - embeddingBytes(layer, degree);
                known = Math.max(known, bytes);
            }
            layerBytesByDegree[degree] = known;
        }
        return known;
    }

    /** Bytes on each GPU that are free for layers and their caches. */
    double freeBytes(Phase phase, int[] gpus, boolean first, boolean last) {
        int degree = gpus.length;
        long smallest = Long.MAX_VALUE;
        for (int gpu : gpus) {
            smallest = Math.min(smallest, cluster.gpuType(gpu).memory().bytes());
        }
        double embeddings = 0;
        if (first) {
            embeddings += embeddingBytes(0, degree);
        }
        if (last && !(first && model.layers() == 1)) {
            embeddings += embeddingBytes(model.layers() - 1, degree);
        }
        return problem.serving().memoryUtilization() * smallest
                - Sharding.activationBytesPerGpu(model, evaluator.activationTokens(phase), degree)
                - embeddings;
    }

    private double embeddingBytes(int layer, int degree) {
        boolean first = layer == 0;
        boolean last = layer == model.layers() - 1;
        if (!first && !last) {
            return 0;
        }
        int copies = first && last && !model.tiedEmbeddings() ? 2 : 1;
        return copies * 2.0 * model.embeddingParameters() / degree;
    }
}
