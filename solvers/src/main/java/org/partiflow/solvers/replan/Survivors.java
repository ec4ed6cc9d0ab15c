package org.partiflow.solvers.replan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;
import org.partiflow.api.plan.Stage;
import org.partiflow.solvers.strategy.GroupStrategy;

/** The groups of the old plan that can go on as they are, and why others cannot. */
final class Survivors {
    /** Files hold 12 significant digits. */
    private static final double SAME = 1e-6;
    /** A batch is changed only for a gain beyond what strategies near a tie differ by. */
    private static final double WORTH_IT = 0.01;

    final List<Placed> whole = new ArrayList<>();
    final List<ReplanResult.BrokenGroup> broken = new ArrayList<>();
    private final Tables tables;
    private final Cluster cluster;

    Survivors(Tables tables, ServingPlan plan) {
        this.tables = tables;
        cluster = tables.cluster;
        plan.groups().forEach(this::sort);
    }

    private void sort(ServingGroup group) {
        String damage = damage(group);
        if (damage.isEmpty()) {
            int[] gpus = gpus(group);
            GroupStrategy strategy = strategy(group, gpus);
            if (strategy.isFeasible()) {
                whole.add(tables.place(group.id(), group.phase(), strategy, gpus));
                return;
            }
            damage = "its stages cannot serve the workload within memory and latency limits";
        }
        broken.add(new ReplanResult.BrokenGroup(group.id(), damage));
    }

    private String damage(ServingGroup group) {
        int next = 0;
        List<String> lost = new ArrayList<>();
        for (Stage stage : group.stages()) {
            stage.gpus().stream().filter(gpu -> cluster.findGpu(gpu).isEmpty()).forEach(lost::add);
            if (stage.firstLayer() != next
                    || stage.layers() < 1
                    || !Sharding.isLegal(tables.problem.model(), stage.degree())) {
                return "its stages do not fit the model";
            }
            next = stage.lastLayer() + 1;
        }
        if (next != tables.problem.model().layers()) {
            return "its stages do not fit the model";
        }
        if (!lost.isEmpty()) {
            return "lost " + String.join(", ", lost);
        }
        return isConnected(group) ? "" : "nothing connects its GPUs any more";
    }

    private boolean isConnected(ServingGroup group) {
        int last = -1;
        for (Stage stage : group.stages()) {
            int first = gpu(stage.gpus().get(0));
            for (String a : stage.gpus()) {
                for (String b : stage.gpus()) {
                    if (!a.equals(b) && !isLinked(gpu(a), gpu(b))) {
                        return false;
                    }
                }
            }
            if (last >= 0 && !isLinked(last, first)) {
                return false;
            }
            last = first;
        }
        return true;
    }

    private boolean isLinked(int a, int b) {
        return cluster.link(a, b).bandwidth().bytesPerSecond() > 0;
    }

    private int gpu(String name) {
        OptionalInt gpu = cluster.findGpu(name);
        return gpu.orElseThrow();
    }

    private int[] gpus(ServingGroup group) {
        return group.stages().stream()
                .flatMap(stage -> stage.gpus().stream())
                .mapToInt(this::gpu)
                .toArray();
    }

    /** The old batch while the group does what it did; otherwise the one that suits what has changed. */
    private GroupStrategy strategy(ServingGroup group, int[] gpus) {
        int[] degrees = group.stages().stream().mapToInt(Stage::degree).toArray();
        int[] layers = group.stages().stream().mapToInt(Stage::layers).toArray();
        GroupStrategy kept = tables.kept(group.phase(), degrees, layers, gpus, group.batch());
        double before = group.capacityRequestsPerSecond();
        if (kept.isFeasible() && Math.abs(kept.requestsPerSecond() - before) <= SAME * before) {
            return kept;
        }
        GroupStrategy refitted = tables.refitted(group.phase(), degrees, layers, gpus);
        boolean better = refitted.requestsPerSecond() > kept.requestsPerSecond() * (1 + WORTH_IT);
        return kept.isFeasible() && !better ? kept : refitted;
    }
}
