package org.partiflow.solvers.helix;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.plan.Phase;

/**
 * The rate of GPUs in one tensor-parallel set by the number of layers that it holds: prompt and output tokens/s of a
 * colocated pipeline whose stages all hold as many, with the batch that the KV cache leaves room for. Stateless.
 */
final class MachineRates {
    private final PlanningProblem problem;
    private final CostModel costModel;
    private final GroupEvaluator evaluator;

    MachineRates(PlanningProblem problem, CostModel costModel, GroupEvaluator evaluator) {
        this.problem = problem;
        this.costModel = costModel;
        this.evaluator = evaluator;
    }

    /** Tokens of a request that pass a stage, prompt and output together, in the mean. */
    double tokensPerRequest() {
        return evaluator.lengths().prompt() + Math.max(1, evaluator.lengths().decodeSteps());
    }

    /** Tokens/s by layers held, from 1 on; empty if not even one layer fits. */
    double[] of(int[] gpus) {
        StageCost cost = costModel.stage(StageHardware.of(problem.cluster(), gpus));
        int all = problem.model().layers();
        List<Double> rates = new ArrayList<>();
        for (int layers = 1; layers <= all; layers++) {
            double rate = rate(cost, gpus, layers, (all + layers - 1) / layers);
            if (rate <= 0) {
                break;
            }
            rates.add(rate);
        }
        return rates.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double rate(StageCost cost, int[] gpus, int layers, int stages) {
        int first = Math.min(1, problem.model().layers() - layers);
        KvTraffic.Holder stage = new KvTraffic.Holder(gpus, first, layers);
        long room = evaluator.kvCapacityTokens(Phase.COLOCATED, List.of(stage));
        int batch = largestBatch(stages, room);
        if (batch < evaluator.minBatch(Phase.COLOCATED, stages)) {
            return 0;
        }
        double seconds = stages * cost.stepSeconds(first, layers, evaluator.load(Phase.COLOCATED, stages, batch));
        double requests = evaluator.tokensPerIteration(Phase.COLOCATED, stages, batch)
                / (Math.max(1, evaluator.lengths().decodeSteps()) * seconds);
        return requests * tokensPerRequest();
    }

    /** The largest batch whose caches fit; 0 if not even one sequence does. */
    private int largestBatch(int stages, long room) {
        int low = 0;
        int high = evaluator.maxBatch(Phase.COLOCATED, stages);
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (evaluator.kvNeededTokens(Phase.COLOCATED, stages, middle) <= room) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
