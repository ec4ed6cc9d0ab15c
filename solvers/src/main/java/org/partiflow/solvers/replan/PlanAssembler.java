package org.partiflow.solvers.replan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.solvers.bound.ComputeBound;
import org.partiflow.solvers.bound.UpperBound;
import org.partiflow.solvers.network.Allocation;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.PlanParts;

/** Turns placed groups into a plan. Groups of the old plan keep their ids; others get the next that is free. */
final class PlanAssembler {
    private final ReplanRequest request;
    private final Tables tables;
    private final PlanningProblem problem;
    private final PlanParts parts;

    PlanAssembler(ReplanRequest request, Tables tables) {
        this.request = request;
        this.tables = tables;
        problem = request.problem();
        parts = new PlanParts(problem, tables.evaluator, tables.routes);
    }

    /** The plan of these groups, flows and figures computed from the definitions; new groups without flow left out. */
    ServingPlan plan(List<Placed> placed, UpperBound proven, List<String> warnings) {
        Valued all = tables.exact(ordered(placed));
        List<Placed> kept = new ArrayList<>();
        for (int g = 0; g < all.groups().size(); g++) {
            Placed one = all.groups().get(g);
            if (one.isOriginal() || all.allocation().groupFlow()[g] > 0) {
                kept.add(one);
            }
        }
        Valued valued = kept.size() == placed.size() ? all : tables.exact(kept);
        Allocation allocation = valued.allocation();
        List<String> ids = ids(valued.groups());
        List<Group> order = valued.groups().stream().map(Placed::group).toList();
        List<int[]> gpus = valued.groups().stream().map(Placed::gpus).toList();
        List<ServingGroup> groups = new ArrayList<>();
        for (int g = 0; g < ids.size(); g++) {
            groups.add(parts.group(
                    ids.get(g), order.get(g), gpus.get(g), allocation.groupFlow()[g]));
        }
        double rate = allocation.requestsPerSecond();
        ServingPlan.Throughput throughput = parts.throughput(rate);
        double bound = Math.max(proven.requestsPerSecond(), rate);
        return new ServingPlan(
                generator(),
                PlanParts.inputs(problem, request.costModel().id()),
                groups,
                parts.routes(order, gpus, ids, allocation),
                throughput,
                new ServingPlan.Certificate(
                        bound, bound > 0 ? 1 - rate / bound : 0, proven.covers(), parts.minCut(allocation, ids)),
                parts.unused(groups),
                parts.cost(groups, throughput),
                List.of(),
                new ServingPlan.Termination(tables.budget.reason(), tables.budget.limit(), tables.budget.evaluations()),
                warnings);
    }

    /** The bound that costs nothing to compute. */
    UpperBound quickBound() {
        return ComputeBound.of(problem, request.costModel());
    }

    private ServingPlan.Generator generator() {
        ServingPlan.Generator before = request.plan().generator();
        return new ServingPlan.Generator(
                before.version(),
                "replan",
                tables.options.flow(),
                tables.options.refinement().name().toLowerCase(Locale.ROOT),
                tables.options.objective().name(),
                tables.options.seed());
    }

    /** By phase; groups of the old plan first, in its order. */
    private List<Placed> ordered(List<Placed> placed) {
        List<String> old =
                request.plan().groups().stream().map(ServingGroup::id).toList();
        return placed.stream()
                .sorted(Comparator.comparing((Placed one) -> one.group().phase())
                        .thenComparing(one -> !one.isOriginal())
                        .thenComparing(one -> old.indexOf(one.id()))
                        .thenComparing(one -> one.group().number()))
                .toList();
    }

    private List<String> ids(List<Placed> placed) {
        Set<String> taken = new HashSet<>();
        request.plan().groups().forEach(group -> taken.add(group.id()));
        List<String> ids = new ArrayList<>();
        for (Placed one : placed) {
            String id = one.id();
            String letter = one.group().phase().name().substring(0, 1).toLowerCase(Locale.ROOT);
            for (int i = 0; id.isEmpty(); i++) {
                id = taken.add(letter + i) ? letter + i : "";
            }
            ids.add(id);
        }
        return ids;
    }
}
