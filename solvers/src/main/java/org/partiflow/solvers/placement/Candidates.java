package org.partiflow.solvers.placement;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.PlanningRequest;
import org.partiflow.api.control.Budget;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.result.PlanningResult;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.network.Groups;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.NodeClasses;

/**
 * What planners outside this package search with: the groups of one request, the value of candidates made of them, and
 * the plan of the best. All planners so share one definition of value, bound and plan. Not thread-safe: one call, one
 * instance.
 */
public final class Candidates {
    private final Search search;

    /** For one call of a planner; starts its budget. */
    public Candidates(PlanningRequest request) {
        search = new Search(request);
    }

    /** What was asked for. */
    public PlanningRequest request() {
        return search.request;
    }

    /** What is left of the limits. Every valued candidate spends one evaluation. */
    public Budget budget() {
        return search.budget;
    }

    /** Makes groups. */
    public Groups groups() {
        return search.groups();
    }

    /** Classes of alike nodes, which sets of GPUs are made with. */
    public NodeClasses classes() {
        return search.classes;
    }

    /** Latencies that every group must keep under the objective. */
    public LatencyLimits limits() {
        return search.limits();
    }

    /**
     * Values a candidate.
     *
     * @param groups disjoint groups, at least one
     */
    public Candidate evaluate(List<Group> groups) {
        return new Candidate(search.evaluator().evaluate(groups, rest(groups)));
    }

    /**
     * Candidates from the partitioner that the request names, best first; none if it finds no partition.
     *
     * @param phases phases that groups may have
     */
    public List<Candidate> fromPartitions(List<Phase> phases) {
        SearchSpace space = SearchSpace.partitions(phases);
        return search.starts().fromPartitions(search.partitioner(), space).stream()
                .map(Candidate::new)
                .toList();
    }

    /**
     * The best candidate that the search of the default planner finds in all phases from some candidates, from packings and
     * from partitions; at least the best of the given ones.
     *
     * @param starts at least one
     * @param evaluations most evaluations
     */
    public Candidate searched(List<Candidate> starts, long evaluations) {
        SearchSpace space = new SearchSpace("search", List.of(Phase.values()), true, evaluations);
        Layout found = search.best(space, starts.stream().map(Candidate::layout).toList(), true);
        Candidate best = Collections.max(starts);
        return found == null || !new Candidate(found).isBetterThan(best) ? best : new Candidate(found);
    }

    /** Tells the listener of the request that a candidate is the best so far. */
    public void report(Candidate candidate) {
        search.report(candidate.layout());
    }

    /** Notes a candidate among the plan's alternatives. */
    public void noteAlternative(String name, Candidate candidate) {
        search.alternatives.add(new ServingPlan.Alternative(name, candidate.requestsPerSecond()));
    }

    /**
     * The plan of the best candidate, or why there is none.
     *
     * @param best the best candidate; {@code null} if none serves anything
     * @param planner name of the planner
     */
    public PlanningResult finish(@Nullable Candidate best, String planner) {
        List<Layout> found = best != null && best.requestsPerSecond() > 0 ? List.of(best.layout()) : List.of();
        return SingleSpacePlanner.finish(search, found, planner);
    }

    private GpuSet rest(List<Group> groups) {
        int[] counts = new int[search.request.problem().cluster().nodeCount()];
        for (int n = 0; n < counts.length; n++) {
            counts[n] = search.request.problem().cluster().node(n).count();
        }
        for (Group group : groups) {
            for (int i = 0; i < group.set().positions(); i++) {
                counts[group.set().node(i)] -= group.set().count(i);
            }
        }
        return GpuSet.of(search.classes, counts);
    }
}
