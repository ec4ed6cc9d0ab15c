package org.partiflow.solvers.baseline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.Objective;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.placement.Candidate;
import org.partiflow.solvers.placement.Candidates;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * DistServe on one pool. For every pair of a prefill and a decode shape the numbers of replicas that balance them best are
 * packed in two orders: prefill first, as on clusters with fast links everywhere (the paper's algorithm 1), and
 * alternating, which brings both phases into every node (the aim of its algorithm 2). The most promising packings are
 * valued by their flow, KV transfer included. O(shapes squared x GPUs) estimates and at most {@value #MOST_VALUED} flows.
 */
final class DistServeSearch implements TypePools.PoolSearch {
    private static final int MOST_VALUED = 32;
    private static final int RATIOS_KEPT = 3;

    /** Numbers of replicas of two shapes. */
    private record Deployment(
            ShapeChoice.Rated prefill, int prefills, ShapeChoice.Rated decode, int decodes, boolean alternating) {
        double believed() {
            return Math.min(prefills * prefill.requestsPerSecond(), decodes * decode.requestsPerSecond());
        }

        int gpus() {
            return prefills * prefill.shape().gpus() + decodes * decode.shape().gpus();
        }
    }

    private final Candidates candidates;
    private final Replicas replicas;
    private final ShapeChoice shapes;

    DistServeSearch(Candidates candidates) {
        this.candidates = candidates;
        replicas = new Replicas(candidates);
        shapes = new ShapeChoice(replicas);
    }

    @Override
    public @Nullable Candidate best(Pool pool) {
        List<Deployment> deployments = new ArrayList<>();
        List<ShapeChoice.Rated> decodes = shapes.of(Phase.DECODE, pool);
        for (ShapeChoice.Rated prefill : shapes.of(Phase.PREFILL, pool)) {
            for (ShapeChoice.Rated decode : decodes) {
                for (boolean alternating : new boolean[] {false, true}) {
                    deployments.addAll(ratios(pool, prefill, decode, alternating));
                }
            }
        }
        deployments.sort(
                Comparator.comparingDouble(Deployment::believed).reversed().thenComparingInt(Deployment::gpus));
        Candidate best = null;
        for (Deployment deployment : deployments.subList(0, Math.min(MOST_VALUED, deployments.size()))) {
            if (best != null && !candidates.budget().mayGoOn()) {
                break;
            }
            Candidate candidate = candidates.evaluate(groups(pool, deployment));
            best = best == null || candidate.isBetterThan(best) ? candidate : best;
        }
        return best;
    }

    /** The most promising numbers of replicas that can be packed. */
    private List<Deployment> ratios(
            Pool pool, ShapeChoice.Rated prefill, ShapeChoice.Rated decode, boolean alternating) {
        List<Deployment> ratios = new ArrayList<>();
        int gpus = pool.gpuCount();
        for (int n = 1; n * prefill.shape().gpus() + decode.shape().gpus() <= gpus; n++) {
            int m = (gpus - n * prefill.shape().gpus()) / decode.shape().gpus();
            ratios.add(new Deployment(prefill, n, decode, m, alternating));
        }
        ratios.sort(Comparator.comparingDouble(Deployment::believed).reversed());
        List<Deployment> kept = new ArrayList<>(ratios.subList(0, Math.min(RATIOS_KEPT, ratios.size())));
        if (candidates.request().options().objective() == Objective.COST) {
            double rate = candidates.request().options().requiredRate();
            kept.add(new Deployment(
                    prefill,
                    (int) Math.ceil(rate / prefill.requestsPerSecond()),
                    decode,
                    (int) Math.ceil(rate / decode.requestsPerSecond()),
                    alternating));
        }
        List<Deployment> packed = new ArrayList<>();
        for (Deployment wanted : kept) {
            List<Group> placed = groups(pool, wanted);
            int n = (int)
                    placed.stream().filter(g -> g.phase() == Phase.PREFILL).count();
            if (n > 0 && n < placed.size()) {
                packed.add(new Deployment(prefill, n, decode, placed.size() - n, alternating));
            }
        }
        return packed;
    }

    /** The replicas of a deployment that fit when they are placed one after the other. */
    private List<Group> groups(Pool pool, Deployment deployment) {
        Pool.Packing packing = pool.packing();
        List<Group> groups = new ArrayList<>();
        int prefills = 0;
        int decodes = 0;
        while (prefills < deployment.prefills || decodes < deployment.decodes) {
            boolean prefillNext = deployment.alternating
                    ? (long) prefills * deployment.decodes <= (long) decodes * deployment.prefills
                    : prefills < deployment.prefills;
            boolean prefill = prefills < deployment.prefills && (prefillNext || decodes == deployment.decodes);
            ReplicaShape shape = prefill ? deployment.prefill.shape() : deployment.decode.shape();
            Optional<GpuSet> set = packing.take(shape);
            set.ifPresent(gpus -> groups.add(replicas.of(prefill ? Phase.PREFILL : Phase.DECODE, shape, gpus)));
            // What does not fit once never fits later.
            if (prefill) {
                prefills = set.isPresent() ? prefills + 1 : deployment.prefills;
            } else {
                decodes = set.isPresent() ? decodes + 1 : deployment.decodes;
            }
        }
        return groups;
    }
}
