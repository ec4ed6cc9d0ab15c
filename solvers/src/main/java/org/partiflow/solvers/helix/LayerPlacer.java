package org.partiflow.solvers.helix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.control.Budget;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.flow.FlowCertificate;
import org.partiflow.api.flow.MaxFlow;
import org.partiflow.api.layers.LayerNetwork;
import org.partiflow.api.layers.LayerPlacement;
import org.partiflow.api.layers.LayerProblem;
import org.partiflow.solvers.flow.PushRelabelSolver;

/**
 * Places layers on machines: the problem of Helix (Mei et al., ASPLOS 2025, arXiv:2406.01566), solved in plain Java by
 * annealing on the exact max flow, with a bound that holds for every placement and a proof where the cluster is small.
 *
 * <p>Of two placements the one is better whose flow x (1 - discount)^(mean machines on a token's way) is greater: a longer
 * pipeline must bring flow for each machine that it adds. Another set of runs maximises the flow alone; the greatest flow
 * found by any is the one that the proof is about, and is listed among the alternatives if it was not chosen.
 *
 * <p>Stateless and thread-safe; same problem, options and limits on evaluations, same result.
 */
public final class LayerPlacer {
    /** A bound this close, relatively, proves a flow the greatest. */
    public static final double TOLERANCE = 1e-6;

    /** States of the search that tries to prove the greatest flow, and of each that tries to lower the bound. */
    private static final long PROOF_STATES = 200_000;

    private static final long BOUND_STATES = 20_000;
    private static final int BOUND_HALVINGS = 7;

    private final PlacementOptions options;

    /** Places with these options. */
    public LayerPlacer(PlacementOptions options) {
        this.options = options;
    }

    /**
     * The best placement found; {@code null} if none carries anything within the limits, for example because all machines
     * together hold fewer layers than the model has.
     */
    public @Nullable LayerPlacementResult place(LayerProblem problem, SolveControl control) {
        Budget budget = control.start();
        List<LayerPlacementResult.Alternative> found = new ArrayList<>();
        control.listener().on(new ProgressEvent.StepStarted("placing layers"));
        run(problem, budget, options.lengthDiscount(), "discounted", found);
        if (options.lengthDiscount() > 0) {
            run(problem, budget, 0, "flow only", found);
        }
        found.removeIf(each -> each.tokensPerSecond() <= 0);
        if (found.isEmpty()) {
            return null;
        }
        LayerPlacementResult.Alternative chosen = best(found, options.lengthDiscount());
        LayerPlacementResult.Alternative greatest = best(found, 0);
        control.listener().on(new ProgressEvent.StepStarted("bounding the flow"));
        return finish(problem, budget, chosen, greatest);
    }

    /** The best placement found, without a bound; {@code null} if none carries anything. */
    LayerPlacementResult.@Nullable Alternative search(LayerProblem problem, SolveControl control) {
        List<LayerPlacementResult.Alternative> found = new ArrayList<>();
        run(problem, control.start(), options.lengthDiscount(), "discounted", found);
        found.removeIf(each -> each.tokensPerSecond() <= 0);
        return found.isEmpty() ? null : best(found, options.lengthDiscount());
    }

    private void run(
            LayerProblem problem,
            Budget budget,
            double discount,
            String name,
            List<LayerPlacementResult.Alternative> found) {
        PlacementAnnealer annealer = new PlacementAnnealer(problem, discount, budget);
        List<LayerPlacement> starts = PlacementStarts.of(problem);
        int runs = discount == options.lengthDiscount() ? options.restarts() : Math.max(1, options.restarts() / 3);
        long steps = (long) options.stepsPerMachine() * problem.machines();
        for (int r = 0; r < runs && budget.mayGoOn(); r++) {
            LayerPlacement placement =
                    annealer.anneal(starts.get(r % starts.size()), steps, options.seed() + 7919L * r);
            found.add(certified(problem, annealer.pruned(placement), name));
        }
        if (found.isEmpty()) {
            found.add(certified(problem, annealer.pruned(starts.get(0)), "start"));
        }
    }

    private static LayerPlacementResult.Alternative best(
            List<LayerPlacementResult.Alternative> found, double discount) {
        return found.stream()
                .max(Comparator.comparingDouble((LayerPlacementResult.Alternative each) ->
                                each.tokensPerSecond() * Math.pow(1 - discount, each.meanLength()))
                        .thenComparing(Comparator.comparingDouble(LayerPlacementResult.Alternative::meanLength)
                                .reversed()))
                .orElseThrow();
    }

    /** Values a placement by the general solver, and refuses a flow that is not proven maximal. */
    private static LayerPlacementResult.Alternative certified(
            LayerProblem problem, LayerPlacement placement, String name) {
        LayerNetwork network = LayerNetwork.of(problem, placement);
        MaxFlow flow = new PushRelabelSolver().solve(network.network());
        List<String> violations = FlowCertificate.violations(network.network(), flow);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("the flow of a placement is not maximal: " + violations.get(0));
        }
        return new LayerPlacementResult.Alternative(
                name, placement, LayerNetwork.tokensPerSecond(flow), network.meanLength(flow));
    }

    private LayerPlacementResult finish(
            LayerProblem problem,
            Budget budget,
            LayerPlacementResult.Alternative chosen,
            LayerPlacementResult.Alternative greatest) {
        double low = greatest.tokensPerSecond() * (1 + TOLERANCE);
        double work = CoverProof.workBound(problem);
        double bound = Math.max(work, greatest.tokensPerSecond());
        if (budget.mayGoOn() && isImpossible(problem, low, PROOF_STATES, budget)) {
            bound = Math.min(bound, low);
        }
        for (int h = 0; h < BOUND_HALVINGS && bound > low && budget.mayGoOn(); h++) {
            double middle = (low + bound) / 2;
            if (isImpossible(problem, middle, BOUND_STATES, budget)) {
                bound = middle;
            } else {
                low = middle;
            }
        }
        boolean proven = chosen.tokensPerSecond() * (1 + TOLERANCE) >= bound * (1 - TOLERANCE * TOLERANCE);
        return new LayerPlacementResult(
                chosen.placement(),
                chosen.tokensPerSecond(),
                chosen.meanLength(),
                bound,
                proven,
                bound < work ? "cover" : "work",
                chosen.equals(greatest) ? List.of() : List.of(greatest),
                budget.reason(),
                budget.limit(),
                budget.evaluations());
    }

    private static boolean isImpossible(LayerProblem problem, double target, long states, Budget budget) {
        return CoverProof.ask(problem, target, states, budget) == CoverProof.Answer.IMPOSSIBLE;
    }
}
