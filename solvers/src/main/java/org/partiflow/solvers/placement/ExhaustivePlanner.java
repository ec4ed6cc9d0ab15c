package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * Tries every way to cut a small cluster into groups, leave GPUs over, and give groups phases. Exact over the strategies
 * of {@link org.partiflow.solvers.strategy.StrategySearch}; the yardstick for every other planner. Exponential: up to
 * {@value #MOST_GPUS} GPUs. Stateless and thread-safe.
 */
public final class ExhaustivePlanner implements Planner {
    /** Largest cluster that is accepted. */
    public static final int MOST_GPUS = 8;

    @Override
    public String name() {
        return "exhaustive";
    }

    @Override
    public String description() {
        return "every plan of a cluster of at most " + MOST_GPUS + " GPUs: the yardstick";
    }

    /** Throws {@link IllegalArgumentException} for a larger cluster. */
    @Override
    public PlanningResult plan(PlanningRequest request) {
        int gpus = request.problem().cluster().gpuCount();
        if (gpus > MOST_GPUS) {
            throw new IllegalArgumentException(
                    "planner 'exhaustive' takes at most " + MOST_GPUS + " GPUs, the cluster '"
                            + request.problem().cluster().name() + "' has " + gpus + "; use 'partiflow'");
        }
        Search search = new Search(request);
        Layout best = new Enumeration(search).best();
        if (best != null) {
            search.alternatives.add(
                    new ServingPlan.Alternative("exhaustive", best.allocation().requestsPerSecond()));
        }
        return SingleSpacePlanner.finish(search, best == null ? List.of() : List.of(best), name());
    }

    /** One run. Groups are taken in falling order of their code, so that no plan is met twice. */
    private static final class Enumeration {
        private static final Phase[] PHASES = Phase.values();

        private final Search search;
        private final int[] radix;
        private final int sets;
        private @Nullable Layout best;

        Enumeration(Search search) {
            this.search = search;
            int nodes = search.request.problem().cluster().nodeCount();
            radix = new int[nodes];
            int product = 1;
            for (int n = 0; n < nodes; n++) {
                radix[n] = search.request.problem().cluster().node(n).count() + 1;
                product *= radix[n];
            }
            sets = product;
        }

        @Nullable
        Layout best() {
            int[] left = new int[radix.length];
            for (int n = 0; n < left.length; n++) {
                left[n] = radix[n] - 1;
            }
            extend(new ArrayList<>(), left, sets * PHASES.length - 1);
            return best;
        }

        private void extend(List<Group> groups, int[] left, int mostCode) {
            if (!groups.isEmpty()) {
                consider(groups, left);
            }
            for (int code = mostCode; code >= PHASES.length && search.budget.mayGoOn(); code--) {
                int[] counts = counts(code / PHASES.length);
                if (fits(counts, left)) {
                    Group group = search.groups().of(GpuSet.of(search.classes, counts), PHASES[code % PHASES.length]);
                    if (group.strategy().isFeasible()) {
                        groups.add(group);
                        extend(groups, minus(left, counts), code);
                        groups.remove(groups.size() - 1);
                    }
                }
            }
        }

        private void consider(List<Group> groups, int[] left) {
            GpuSet pool = GpuSet.of(search.classes, left);
            if (best == null) {
                best = search.evaluator().evaluate(List.copyOf(groups), pool);
            } else {
                Layout better = search.evaluator().improvement(best, List.copyOf(groups), pool);
                best = better == null ? best : better;
            }
        }

        private int[] counts(int setCode) {
            int[] counts = new int[radix.length];
            int rest = setCode;
            for (int n = 0; n < counts.length; n++) {
                counts[n] = rest % radix[n];
                rest /= radix[n];
            }
            return counts;
        }

        private static boolean fits(int[] counts, int[] left) {
            for (int n = 0; n < counts.length; n++) {
                if (counts[n] > left[n]) {
                    return false;
                }
            }
            return true;
        }

        private static int[] minus(int[] left, int[] counts) {
            int[] rest = left.clone();
            for (int n = 0; n < counts.length; n++) {
                rest[n] -= counts[n];
            }
            return rest;
        }
    }
}
