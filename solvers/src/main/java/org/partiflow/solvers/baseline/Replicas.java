package org.partiflow.solvers.baseline;

import java.util.HashMap;
import java.util.Map;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.placement.Candidates;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.GroupStrategy;
import org.partiflow.solvers.strategy.Signature;

/** Makes evenly cut replicas, each only once. Not thread-safe: one call of a planner, one instance. */
final class Replicas {
    private record Key(Phase phase, ReplicaShape shape, Signature gpus) {}

    private final Candidates candidates;
    private final TransformerModel model;
    private final EvenStrategy even;
    private final Map<Key, GroupStrategy> strategies = new HashMap<>();
    private final Map<Key, Group> groups = new HashMap<>();

    Replicas(Candidates candidates) {
        this.candidates = candidates;
        model = candidates.request().problem().model();
        even = new EvenStrategy(candidates.groups().strategies().evaluator(), model.layers(), candidates.limits());
    }

    /** Whether the model can be cut so. */
    boolean isLegal(ReplicaShape shape) {
        return shape.stages() <= model.layers() && Sharding.isLegal(model, shape.degree());
    }

    /** The replica of this shape on these GPUs, whose number of each node is a multiple of the degree. */
    Group of(Phase phase, ReplicaShape shape, GpuSet set) {
        return groups.computeIfAbsent(
                new Key(phase, shape, set.identity()),
                key -> candidates.groups().with(set, phase, strategy(phase, shape, set)));
    }

    /** How that replica would serve. */
    GroupStrategy strategy(Phase phase, ReplicaShape shape, GpuSet set) {
        return strategies.computeIfAbsent(
                new Key(phase, shape, set.signature()),
                key -> even.of(phase, shape, candidates.groups().strategies().representatives(set)));
    }
}
