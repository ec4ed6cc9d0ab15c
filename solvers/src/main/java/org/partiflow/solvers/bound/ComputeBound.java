package org.partiflow.solvers.bound;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.lp.PackingLp;

/**
 * The compute bound: no memory limits, no communication, GPUs divisible. If a group sustains rate R, each of its stages
 * needs at most 1/R for its layers; a stage of k GPUs needs at least 1/k of what its fastest member needs alone (tensor
 * parallelism has no super-linear speed-up, a property that cost models are tested for); summing the layers over the
 * stages, R is at most the sum over its GPUs of 1 / (layers x least seconds per layer and request). So every group's rate
 * is at most the sum of its members' rates, and a linear program over GPU types bounds every plan:
 *
 * <pre>
 * maximise R + sum c_t z_t  subject to  R &lt;= sum a_t x_t,  R &lt;= sum d_t y_t,  x_t + y_t + z_t &lt;= n_t
 * </pre>
 *
 * <p>Valid for any plan of a model whose layers cost alike (for others, as long as all GPU types weigh the kinds of layers
 * alike); loose where memory limits the decode batch. O(GPU types).
 */
public final class ComputeBound {
    private ComputeBound() {}

    /** The bound. */
    public static UpperBound of(PlanningProblem problem, CostModel costModel) {
        Map<String, Node> examples = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (Node node : problem.cluster().nodes()) {
            examples.putIfAbsent(key(node.gpu()), node);
            counts.merge(key(node.gpu()), node.count(), Integer::sum);
        }
        int types = counts.size();
        double[] limits = new double[types + 2];
        int type = 0;
        for (int count : counts.values()) {
            limits[type++] = count;
        }
        PackingLp.Builder lp = PackingLp.builder(limits);
        lp.addColumn(1, new int[] {types, types + 1}, new double[] {1, 1});
        type = 0;
        for (Node example : examples.values()) {
            StageCost alone = costModel.stage(new StageHardware(List.of(example.gpu()), 1, example.intraNode()));
            GroupEvaluator evaluator = new GroupEvaluator(problem, costModel);
            double prefill = rate(problem, evaluator, alone, Phase.PREFILL);
            double decode = rate(problem, evaluator, alone, Phase.DECODE);
            double colocated = rate(problem, evaluator, alone, Phase.COLOCATED);
            lp.addColumn(0, new int[] {type, types}, new double[] {1, -prefill});
            lp.addColumn(0, new int[] {type, types + 1}, new double[] {1, -decode});
            lp.addColumn(colocated, new int[] {type}, new double[] {1});
            type++;
        }
        return new UpperBound(lp.build().solve().value() * (1 + 1e-9), "compute", List.of());
    }

    /** Requests per second of one GPU that holds every layer, at the batch that suits it best. */
    private static double rate(PlanningProblem problem, GroupEvaluator evaluator, StageCost cost, Phase phase) {
        int layers = problem.model().layers();
        double best = 0;
        int most = evaluator.maxBatch(phase, 1);
        for (int batch = Math.min(most, evaluator.minBatch(phase, 1)); ; batch = Math.min(2 * batch, most)) {
            StepLoad load = evaluator.load(phase, 1, batch);
            double all = cost.stepSeconds(0, layers, load);
            // Only the layers after the first: fixed costs and the head are left out, as a stage of many may not have
            // them, and so is the first layer, which they cannot be told from. Too little, never too much.
            double others = all - cost.stepSeconds(0, 1, load) - headSeconds(cost, layers, load);
            double least = layers == 1 ? all : Math.max(Double.MIN_NORMAL, others);
            double passes = phase == Phase.PREFILL ? Math.rint(batch / load.prompts()) : 1;
            double steps =
                    phase == Phase.PREFILL ? 1 : Math.max(1, evaluator.lengths().decodeSteps());
            best = Math.max(best, evaluator.tokensPerIteration(phase, 1, batch) / (passes * steps * least));
            if (batch == most) {
                return best;
            }
        }
    }

    /** What the last layer's stage does beside its layer. */
    private static double headSeconds(StageCost cost, int layers, StepLoad load) {
        if (layers < 2) {
            return 0;
        }
        return Math.max(0, cost.stepSeconds(layers - 1, 1, load) - cost.stepSeconds(layers - 2, 1, load));
    }

    private static String key(GpuType type) {
        return type.name()
                + '/'
                + type.fp16().flopPerSecond()
                + '/'
                + type.memoryBandwidth().bytesPerSecond();
    }
}
