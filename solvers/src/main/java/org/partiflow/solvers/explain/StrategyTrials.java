package org.partiflow.solvers.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.GroupPerformance;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.explain.Explanation;
import org.partiflow.api.explain.StrategyTrial;
import org.partiflow.api.explain.StrategyTrial.Verdict;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.solvers.placement.Candidates;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.StrategySearch;

/** Tries what else the groups of a plan could do: every stage layout, and half and twice the batch. Not thread-safe. */
final class StrategyTrials {
    private static final int MOST_KINDS = 12;
    private static final int MOST_LAYOUTS = 24;
    /** Rates that differ by less count as equal, as in the choice of batches. */
    private static final double NEAR_TIE = 0.02;

    private final PlanningProblem problem;
    private final Candidates candidates;
    private final StrategySearch strategies;
    private final GroupEvaluator evaluator;

    StrategyTrials(PlanningProblem problem, Candidates candidates) {
        this.problem = problem;
        this.candidates = candidates;
        strategies = candidates.groups().strategies();
        evaluator = strategies.evaluator();
    }

    /** One entry for each kind of group, in the order of the plan; at most {@value #MOST_KINDS} kinds. */
    List<Explanation.GroupChoice> of(ServingPlan plan, PlanGroups groups) {
        Map<List<Object>, List<ServingGroup>> kinds = new LinkedHashMap<>();
        for (ServingGroup group : plan.groups()) {
            List<Object> kind = List.of(
                    group.phase(),
                    groups.set(group, candidates).signature(),
                    degrees(group),
                    layers(group),
                    group.batch());
            kinds.computeIfAbsent(kind, key -> new ArrayList<>()).add(group);
        }
        return kinds.values().stream()
                .limit(MOST_KINDS)
                .map(alike -> new Explanation.GroupChoice(
                        alike.stream().map(ServingGroup::id).toList(), trials(alike.get(0), groups)))
                .toList();
    }

    private List<StrategyTrial> trials(ServingGroup group, PlanGroups groups) {
        GpuSet set = groups.set(group, candidates);
        List<StrategyTrial> others = new ArrayList<>();
        for (int[] degrees : strategies.layouts(set)) {
            if (!Arrays.equals(degrees, degrees(group).stream().mapToInt(d -> d).toArray())
                    && others.size() < MOST_LAYOUTS) {
                others.add(layout(group, set, degrees));
            }
        }
        if (group.batch() / 2
                >= evaluator.minBatch(group.phase(), group.stages().size())) {
            others.add(batch(group, groups.stages(group), group.batch() / 2));
        }
        others.add(batch(group, groups.stages(group), 2 * group.batch()));
        others.sort(Comparator.comparingDouble(StrategyTrial::requestsPerSecond).reversed());
        List<StrategyTrial> trials = new ArrayList<>();
        trials.add(new StrategyTrial(
                degrees(group),
                layers(group),
                group.batch(),
                group.capacityRequestsPerSecond(),
                group.latencySeconds(),
                Verdict.CHOSEN));
        trials.addAll(others);
        return trials;
    }

    private StrategyTrial layout(ServingGroup group, GpuSet set, int[] degrees) {
        List<Integer> stages = Arrays.stream(degrees).boxed().toList();
        GroupStrategy strategy = strategies.withStages(group.phase(), set, degrees);
        if (!strategy.isFeasible()) {
            return new StrategyTrial(stages, List.of(), 0, 0, 0, whyNot(group.phase(), set, degrees));
        }
        return new StrategyTrial(
                stages,
                Arrays.stream(strategy.layers()).boxed().toList(),
                strategy.batch(),
                strategy.requestsPerSecond(),
                strategy.latencySeconds(),
                verdict(group, strategy.requestsPerSecond(), strategy.latencySeconds()));
    }

    private StrategyTrial batch(ServingGroup group, List<KvTraffic.Holder> stages, int batch) {
        Verdict verdict = null;
        LatencyLimits limits = candidates.limits();
        if (batch > evaluator.maxBatch(group.phase(), stages.size())) {
            verdict = Verdict.BEYOND_ENGINE_LIMIT;
        } else if (evaluator.kvNeededTokens(group.phase(), stages.size(), batch) > group.kvCapacityTokens()) {
            verdict = Verdict.CACHE_DOES_NOT_FIT;
        }
        if (verdict != null) {
            return new StrategyTrial(degrees(group), layers(group), batch, 0, 0, verdict);
        }
        GroupPerformance performance = evaluator.evaluate(group.phase(), stages, batch);
        double limit = group.phase() == Phase.PREFILL ? limits.prefillSeconds() : limits.tokenSeconds();
        return new StrategyTrial(
                degrees(group),
                layers(group),
                batch,
                performance.capacityRequestsPerSecond(),
                performance.latencySeconds(),
                performance.latencySeconds() > limit
                        ? Verdict.TOO_LATE
                        : verdict(group, performance.capacityRequestsPerSecond(), performance.latencySeconds()));
    }

    private static Verdict verdict(ServingGroup group, double rate, double latency) {
        double ratio = rate / group.capacityRequestsPerSecond();
        if (Math.abs(ratio - 1) <= NEAR_TIE && latency >= group.latencySeconds()) {
            return Verdict.LATER;
        }
        return ratio > 1 ? Verdict.FASTER : Verdict.SLOWER;
    }

    private Verdict whyNot(Phase phase, GpuSet set, int[] degrees) {
        Cluster cluster = problem.cluster();
        TransformerModel model = problem.model();
        int[] gpus = strategies.representatives(set);
        long room = 0;
        int rank = 0;
        for (int degree : degrees) {
            long smallest = Long.MAX_VALUE;
            for (int i = 0; i < degree; i++) {
                smallest = Math.min(
                        smallest, cluster.gpuType(gpus[rank + i]).memory().bytes());
            }
            if (rank > 0 && cluster.link(gpus[rank - 1], gpus[rank]).bytesPerSecond() == 0) {
                return Verdict.TOO_LATE;
            }
            rank += degree;
            double free = problem.serving().memoryUtilization() * smallest
                    - Sharding.activationBytesPerGpu(model, evaluator.activationTokens(phase), degree);
            double layer = Sharding.weightBytesPerGpu(model, model.layers() / 2, 1, degree);
            room += (long) Math.max(0, Math.floor(free / layer));
        }
        if (room < model.layers()) {
            return Verdict.WEIGHTS_DO_NOT_FIT;
        }
        boolean limited = !candidates.limits().equals(LatencyLimits.NONE);
        StrategySearch anyLatency = limited
                ? new StrategySearch(problem, candidates.request().costModel(), LatencyLimits.NONE)
                : strategies;
        return limited && anyLatency.withStages(phase, set, degrees).isFeasible()
                ? Verdict.TOO_LATE
                : Verdict.CACHE_DOES_NOT_FIT;
    }

    private static List<Integer> degrees(ServingGroup group) {
        return group.stages().stream().map(Stage::degree).toList();
    }

    private static List<Integer> layers(ServingGroup group) {
        return group.stages().stream().map(Stage::layers).toList();
    }
}
