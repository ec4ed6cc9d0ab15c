package org.partiflow.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.cost.StageCost;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.Stage;

/**
 * The stages of a group. Passes go through all stages in the order in which they entered the first, so one busy-until
 * time per stage says when each pass is where. A pass costs O(stages).
 */
final class Pipeline {
    private final int group;
    private final CostModel costModel;
    private final List<Stage> stages;
    private final StageCost[] costs;
    private final Link[] hops;
    private final double[] busyUntil;
    private final StageSpeed[] speeds;
    private final Outages outages;
    private final Meter busy;
    private final Meter sequenceSeconds;
    private final @Nullable TraceRecorder trace;

    Pipeline(
            int group,
            ServingGroup plan,
            CostModel costModel,
            Cluster cluster,
            Window window,
            Behaviour behaviour,
            @Nullable TraceRecorder trace) {
        this.group = group;
        this.costModel = costModel;
        this.trace = trace;
        stages = plan.stages();
        List<int[]> gpus = gpus(plan, cluster);
        costs = new StageCost[stages.size()];
        speeds = new StageSpeed[stages.size()];
        hops = new Link[stages.size() - 1];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = costModel.stage(StageHardware.of(cluster, gpus.get(i)));
            speeds[i] = StageSpeed.of(Disturbances.of(behaviour.disturbances(), cluster, gpus.get(i)));
            if (i > 0) {
                hops[i - 1] = cluster.link(gpus.get(i - 1)[0], gpus.get(i)[0]);
            }
        }
        outages = Outages.of(speeds, behaviour);
        busyUntil = new double[costs.length];
        busy = new Meter(window);
        sequenceSeconds = new Meter(window);
    }

    /** The GPUs of each stage, in rank order. */
    static List<int[]> gpus(ServingGroup plan, Cluster cluster) {
        if (plan.stages().isEmpty()) {
            throw new IllegalArgumentException("group '" + plan.id() + "' has no stages");
        }
        List<int[]> result = new ArrayList<>();
        for (Stage stage : plan.stages()) {
            result.add(stage.gpus().stream()
                    .mapToInt(name -> cluster.findGpu(name)
                            .orElseThrow(() -> new IllegalArgumentException("group '" + plan.id() + "' uses GPU '"
                                    + name + "', which is not in cluster '" + cluster.name() + "'")))
                    .toArray());
        }
        return result;
    }

    int depth() {
        return costs.length;
    }

    /** When the first stage can take the next pass. */
    double freeAt() {
        return busyUntil[0];
    }

    /**
     * Sends a pass through all stages; call it no earlier than {@link #freeAt()}.
     *
     * @param now when it enters the first stage
     * @param sequences sequences in it, for statistics
     * @return when it leaves the last stage
     */
    double run(double now, StepLoad load, int sequences) {
        double ready = now;
        for (int i = 0; i < costs.length; i++) {
            if (i > 0) {
                ready += costModel.hopSeconds(hops[i - 1], load.tokens());
            }
            double start = Math.max(ready, busyUntil[i]);
            Stage stage = stages.get(i);
            double end = speeds[i].end(start, costs[i].stepSeconds(stage.firstLayer(), stage.layers(), load));
            note(i, start, Math.min(end, outages.next()), load, sequences);
            busyUntil[i] = end;
            ready = end;
        }
        return ready;
    }

    private void note(int stage, double start, double end, StepLoad load, int sequences) {
        if (start < end) {
            busy.add(start, end, 1);
            sequenceSeconds.add(start, end, sequences);
            if (trace != null) {
                trace.slice(group, stage, start, end, load, sequences);
            }
        }
    }

    /** When the group fails, loses what it does and works again. */
    Outages outages() {
        return outages;
    }

    /** Whether what should happen at a time never will, since the group fails before. */
    boolean isDoomed(double time) {
        return time >= outages.next();
    }

    /** Drops all passes; the stages are free again when they are all up. */
    void crash(double now) {
        Arrays.fill(busyUntil, outages.take(now));
        if (trace != null) {
            trace.crash(group, now);
        }
    }

    /** Whether all stages work, if slowly. */
    boolean isUp(double now) {
        for (StageSpeed speed : speeds) {
            if (speed.at(now) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Busy share of the stages, on average. */
    double utilization(Window measured) {
        double seconds = measured.end() - measured.start();
        return seconds > 0 ? Math.min(1, busy.sum(measured) / (seconds * costs.length)) : 0;
    }

    /** Sequences per pass, weighted by the pass's time. */
    double meanSequences(Window measured) {
        double seconds = busy.sum(measured);
        return seconds > 0 ? sequenceSeconds.sum(measured) / seconds : 0;
    }
}
