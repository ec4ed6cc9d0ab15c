package org.partiflow.solvers.replan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.check.PlanChecker;
import org.partiflow.api.control.ProgressEvent;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.api.spi.Planner;
import org.partiflow.api.spi.Strategies;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.network.PlanParts;

/**
 * Finds a plan for a cluster or a workload that has changed, close to the plan that runs: routing only, phase flips, a
 * limited number of moves, and planning anew are tried, and the first that is good enough is taken. See {@code
 * docs/algorithms/replan.md}. Stateless and thread-safe; equal requests give equal results unless a wall-time limit
 * strikes.
 */
public final class Replanner {
    private static final double SAME = 1e-9;
    private static final String PLANNER = "partiflow";

    /** Makes a replanner. */
    public Replanner() {}

    /** What each level's step is called where progress is told. */
    public static String stepName(Level level) {
        return "replanning: " + level.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Replans. A level that serves nothing has no plan; if none has one, nothing is chosen and the reason says why.
     *
     * @throws IllegalArgumentException if the old plan has no group
     */
    public ReplanResult replan(ReplanRequest request) {
        if (request.plan().groups().isEmpty()) {
            throw new IllegalArgumentException("the plan has no group: there is nothing to start from; plan anew");
        }
        return new Call(request).run();
    }

    /** One call. */
    private static final class Call {
        private final ReplanRequest request;
        private final List<LevelOutcome> levels = new ArrayList<>();
        private String whyNot = "no group of the old plan is whole";
        private @Nullable ServingPlan anew;

        Call(ReplanRequest request) {
            this.request = request;
        }

        ReplanResult run() {
            if (request.upTo() == Level.ANEW) {
                announce(Level.ANEW);
                planAnew();
            }
            announce(Level.ROUTING);
            Tables tables = new Tables(request);
            Survivors survivors = new Survivors(tables, request.plan());
            PlanAssembler assembler = new PlanAssembler(request, tables);
            UpperBound bound = anew == null
                    ? assembler.quickBound()
                    : new UpperBound(
                            anew.certificate().upperBoundRequestsPerSecond(),
                            anew.certificate().covers(),
                            List.of());
            double target = anew == null ? Double.POSITIVE_INFINITY : request.atLeast() * value(tables, anew);
            Valued current = tables.value(survivors.whole);
            add(tables, Level.ROUTING, survivors.whole.isEmpty() ? null : routed(assembler, survivors, bound));
            if (request.upTo().compareTo(Level.FLIPS) >= 0) {
                announce(Level.FLIPS);
                Valued flipped = new PhaseFlips(tables).improve(current, target);
                add(tables, Level.FLIPS, plan(assembler, flipped, current, bound));
                if (flipped.touched() <= request.maxMoves()) {
                    current = flipped;
                }
            }
            if (request.upTo().compareTo(Level.MOVES) >= 0) {
                announce(Level.MOVES);
                Valued moved = new GroupMoves(tables, request.maxMoves()).improve(current, target);
                add(tables, Level.MOVES, plan(assembler, moved, current, bound));
            }
            if (request.upTo() == Level.ANEW) {
                add(tables, Level.ANEW, anew);
            }
            return choose(survivors);
        }

        private void planAnew() {
            PlanningResult result = Strategies.named(Planner.class, PLANNER)
                    .plan(new PlanningRequest(
                            request.problem(), request.costModel(), request.options(), request.control()));
            if (result instanceof PlanningResult.Planned planned) {
                anew = Relabelling.keepRoles(
                        request.plan(), planned.plan(), request.problem().cluster());
            } else {
                whyNot = ((PlanningResult.Infeasible) result).reason();
            }
        }

        /** The old plan itself if nothing better can be had from its groups. */
        private ServingPlan routed(PlanAssembler assembler, Survivors survivors, UpperBound bound) {
            ServingPlan solved = assembler.plan(survivors.whole, bound, warnings());
            ServingPlan old = request.plan();
            if (!survivors.broken.isEmpty()
                    || solved.throughput().requestsPerSecond()
                            > old.throughput().requestsPerSecond() * (1 + 1e-6)) {
                return solved;
            }
            double rate = old.throughput().requestsPerSecond();
            double proven = Math.max(rate, bound.requestsPerSecond());
            ServingPlan same = new ServingPlan(
                    old.generator(),
                    PlanParts.inputs(request.problem(), request.costModel().id()),
                    old.groups(),
                    old.routes(),
                    old.throughput(),
                    new ServingPlan.Certificate(
                            proven,
                            1 - rate / proven,
                            bound.covers(),
                            old.certificate().minCut()),
                    solved.unusedGpus(),
                    old.cost(),
                    List.of(),
                    solved.termination(),
                    warnings());
            boolean valid = PlanChecker.violations(request.problem(), request.costModel(), same)
                    .isEmpty();
            return valid ? same : solved;
        }

        private @Nullable ServingPlan plan(PlanAssembler assembler, Valued reached, Valued before, UpperBound bound) {
            Optional<ServingPlan> last = levels.get(levels.size() - 1).plan();
            if (reached == before && last.isPresent()) {
                return last.get();
            }
            return reached.groups().isEmpty() || reached.value() <= 0
                    ? null
                    : Relabelling.keepRoles(
                            request.plan(),
                            assembler.plan(reached.groups(), bound, warnings()),
                            request.problem().cluster());
        }

        private void add(Tables tables, Level level, @Nullable ServingPlan plan) {
            if (plan == null || !(plan.throughput().requestsPerSecond() > 0)) {
                double share = anew == null ? Double.NaN : 0;
                levels.add(new LevelOutcome(level, Optional.empty(), 0, share, Transition.NONE));
                return;
            }
            double value = value(tables, plan);
            double share = anew == null ? Double.NaN : value / value(tables, anew);
            Transition transition =
                    Transition.between(request.plan(), plan, request.problem(), request.loadBytesPerSecond());
            levels.add(new LevelOutcome(level, Optional.of(plan), value, share, transition));
        }

        private static double value(Tables tables, ServingPlan plan) {
            return tables.counted(plan.throughput().requestsPerSecond());
        }

        /** What planning anew warns of, else what the old plan did. */
        private List<String> warnings() {
            return anew == null ? request.plan().warnings() : anew.warnings();
        }

        private void announce(Level level) {
            request.control().listener().on(new ProgressEvent.StepStarted(stepName(level)));
        }

        private ReplanResult choose(Survivors survivors) {
            List<LevelOutcome> allowed = levels.stream()
                    .filter(level -> level.plan().isPresent()
                            && level.transition().touchedGpus().size() <= request.maxMoves())
                    .toList();
            if (allowed.isEmpty()) {
                String limit = levels.stream().anyMatch(level -> level.plan().isPresent())
                        ? "nothing can be served within " + request.maxMoves() + " moves: " + fewest()
                        : whyNot;
                return new ReplanResult(levels, Optional.empty(), limit, survivors.broken);
            }
            for (LevelOutcome level : allowed) {
                if (level.share() >= request.atLeast() * (1 - SAME)) {
                    return new ReplanResult(levels, Optional.of(level), enough(level), survivors.broken);
                }
            }
            LevelOutcome best = allowed.get(0);
            for (LevelOutcome level : allowed) {
                best = level.value() > best.value() * (1 + SAME) ? level : best;
            }
            return new ReplanResult(levels, Optional.of(best), bestOf(best), survivors.broken);
        }

        private String enough(LevelOutcome level) {
            if (level.level() == Level.ANEW) {
                return String.format(Locale.ROOT, "no smaller change reaches %.1f %% of it", 100 * request.atLeast());
            }
            return String.format(
                    Locale.ROOT,
                    "%s reaches %.1f %% of planning anew, and %.1f %% is asked for",
                    name(level.level()),
                    100 * level.share(),
                    100 * request.atLeast());
        }

        private String bestOf(LevelOutcome best) {
            if (anew == null) {
                return name(best.level()) + " is the best of what was tried"
                        + (request.upTo() == Level.ANEW
                                ? "; planning anew found nothing: " + whyNot
                                : "; planning anew was not, so there is nothing to compare with");
            }
            return String.format(
                    Locale.ROOT,
                    "%s is the best within %d moves: it reaches %.1f %% of planning anew, less than the %.1f %% that is "
                            + "asked for; %s",
                    name(best.level()),
                    request.maxMoves(),
                    100 * best.share(),
                    100 * request.atLeast(),
                    fewest());
        }

        private String fewest() {
            LevelOutcome last = levels.get(levels.size() - 1);
            return String.format(
                    Locale.ROOT,
                    "%s would touch %d GPUs",
                    name(last.level()),
                    last.transition().touchedGpus().size());
        }

        private static String name(Level level) {
            return switch (level) {
                case ROUTING -> "routing alone";
                case FLIPS -> "flipping phases";
                case MOVES -> "moving GPUs";
                case ANEW -> "planning anew";
            };
        }
    }
}
