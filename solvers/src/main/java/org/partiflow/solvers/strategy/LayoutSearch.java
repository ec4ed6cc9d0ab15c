package org.partiflow.solvers.strategy;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cost.GroupEvaluator;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.plan.Phase;

/** The best batch and layer split of one stage layout. Holds the state of one search; not thread-safe. */
final class LayoutSearch {
    private static final double[] SMALLER = {0.9, 0.75, 0.5};
    private static final double SMALLER_BATCH_TIE = 0.02;
    /** Allows for rates that do not quite rise with the batch: fitted times need not be smooth. */
    private static final double RISING = 1.02;
    /** Seconds that differ by rounding only are not quicker. */
    private static final double QUICKER = 1 - 1e-9;

    /** Until the allowed seconds of a stage are known to a hundredth of what hops add. */
    private static final int HALVINGS = 7;

    private final StageTable table;
    private final GroupEvaluator evaluator;
    private final LatencyLimits limits;
    private final Phase phase;
    private final int[] degrees;
    private final int[][] members;
    private final int leastBatch;
    private final StageMemory memory;
    private final StageTimes times;

    /** Layers of every stage where the engine cuts them evenly, which the layout then allows; 0 where it need not. */
    private final int evenLayers;

    private final int largestBatch;
    private final double most;

    LayoutSearch(
            StageTable table, GroupEvaluator evaluator, LatencyLimits limits, Phase phase, int[] degrees, int[] gpus) {
        this.table = table;
        this.evaluator = evaluator;
        this.limits = limits;
        this.phase = phase;
        this.degrees = degrees;
        members = members(degrees, gpus);
        leastBatch = evaluator.minBatch(phase, degrees.length);
        evenLayers = table.problem.serving().engine().needsEvenGroups() ? table.model.layers() / degrees.length : 0;
        memory = new StageMemory(table, evaluator, phase, members);
        times = new StageTimes(table, members);
        largestBatch =
                table.areConnected(members) ? largest(0, evaluator.maxBatch(phase, degrees.length), this::fits) : 0;
        most = largestBatch < leastBatch
                ? 0
                : RISING * mostAt(largestBatch, evaluator.load(phase, degrees.length, largestBatch));
    }

    private static int[][] members(int[] degrees, int[] gpus) {
        int[][] members = new int[degrees.length][];
        int rank = 0;
        for (int j = 0; j < degrees.length; j++) {
            members[j] = Arrays.copyOfRange(gpus, rank, rank + degrees[j]);
            rank += degrees[j];
        }
        return members;
    }

    /**
     * More than this layout serves in any way, as rates rise with the batch: the rate of the largest batch with layers cut
     * anywhere; 0 if nothing fits.
     */
    double mostRequestsPerSecond() {
        return most;
    }

    /** The best strategy of this layout, or {@code null} if there is none with at least the rate {@code atLeast}. */
    @Nullable
    GroupStrategy best(double atLeast) {
        if (largestBatch < leastBatch) {
            return null;
        }
        return phase == Phase.PREFILL ? bestPrefill() : bestDecode(atLeast);
    }

    /** The smallest batch within a hair of the best rate: larger ones only add latency. */
    private @Nullable GroupStrategy bestPrefill() {
        GroupStrategy best = null;
        for (int batch = 1; batch <= largestBatch; batch *= 2) {
            double needed = best == null ? 0 : best.requestsPerSecond() * (1 + SMALLER_BATCH_TIE);
            GroupStrategy candidate = evaluate(batch, needed);
            if (candidate != null
                    && candidate.latencySeconds() <= limits.prefillSeconds()
                    && (best == null
                            || candidate.requestsPerSecond() > best.requestsPerSecond() * (1 + SMALLER_BATCH_TIE))) {
                best = candidate;
            }
        }
        return best;
    }

    private @Nullable GroupStrategy bestDecode(double atLeast) {
        int largest = largestBatch;
        if (limits.tokenSeconds() < Double.POSITIVE_INFINITY) {
            largest = largest(leastBatch - 1, largestBatch, this::servesInTime);
        }
        if (degrees.length == 1 || evenLayers > 0) {
            return largest < leastBatch ? null : evaluate(largest, atLeast);
        }
        GroupStrategy best = bestOfSplits(largest, atLeast);
        return best == null || !waitsForHops(best) ? best : bestBesideHops(best);
    }

    /** Where hops decide, smaller batches are sooner through the stages: they leave more layers to quick ones. */
    private GroupStrategy bestBesideHops(GroupStrategy found) {
        GroupStrategy best = better(found, sooner(found));
        for (double part : SMALLER) {
            int smaller = Math.max(leastBatch, (int) (found.batch() * part));
            GroupStrategy candidate = evaluate(smaller, best.requestsPerSecond());
            if (candidate != null) {
                best = better(best, candidate);
                best = better(best, sooner(candidate));
            }
        }
        return best;
    }

    private boolean waitsForHops(GroupStrategy strategy) {
        times.set(evaluator.load(phase, degrees.length, strategy.batch()));
        return degrees.length * times.slowest(strategy.layers()) < strategy.latencySeconds() * QUICKER;
    }

    /**
     * The same batch with a split that brings a micro-batch through all stages sooner, where that is what an iteration waits for:
     * more layers on quick stages, though the slowest stage becomes slower. {@code null} where it is not, or none does.
     */
    private @Nullable GroupStrategy sooner(GroupStrategy strategy) {
        int stages = degrees.length;
        StepLoad load = evaluator.load(phase, stages, strategy.batch());
        times.set(load);
        double iteration = strategy.latencySeconds();
        double hops = iteration - times.sum(strategy.layers());
        int[] caps = memory.layersBeside(evaluator.kvNeededTokens(phase, stages, strategy.batch()));
        int[] best = null;
        double low = times.slowest(strategy.layers());
        double high = iteration / stages;
        for (int step = 0; step < HALVINGS; step++) {
            double within = low + (high - low) / 2;
            int[] split = times.soonest(caps, within);
            double through = split == null ? Double.POSITIVE_INFINITY : times.sum(split) + hops;
            if (split != null && Math.max(through, stages * times.slowest(split)) < iteration) {
                iteration = Math.max(through, stages * times.slowest(split));
                best = split;
            }
            if (through > stages * within) {
                low = within;
            } else {
                high = within;
            }
        }
        return best == null ? null : measured(strategy.batch(), 1, load, best);
    }

    /**
     * The best of batches from {@code largest} down. Rates rise with the batch, but a smaller one leaves more room for layers
     * where stages are quick. So a batch is worked out only if it is the largest at which caches let some split of layers have a
     * slowest stage quick enough to beat the best rate, and quicker than that of the split before: between two of them only the
     * rate would fall. That a stage is quick enough for fewer layers at smaller batches follows from rising rates, too.
     */
    private @Nullable GroupStrategy bestOfSplits(int largest, double atLeast) {
        GroupStrategy best = null;
        double needed = atLeast;
        double slowest = Double.POSITIVE_INFINITY;
        int batch = largest;
        while (batch >= leastBatch) {
            StepLoad load = evaluator.load(phase, degrees.length, batch);
            times.set(load);
            long tokens = evaluator.kvNeededTokens(phase, degrees.length, batch);
            int[] quick = times.within(Math.min(slowest, table.unevenness() * slowestServing(needed, batch)));
            double room = quick == null ? -1 : memory.tokensLeavingRoom(quick, tokens);
            if (room == Double.POSITIVE_INFINITY) {
                int[] split = times.quickest(memory.layersBeside(tokens));
                if (split == null) {
                    throw new IllegalStateException("a split that fits was not found");
                }
                GroupStrategy candidate = measured(batch, 1, load, split);
                if (best != null) {
                    best = better(best, candidate);
                } else if (candidate != null && isInTime(candidate)) {
                    best = candidate;
                }
                needed = best == null ? atLeast : Math.max(atLeast, best.requestsPerSecond());
                slowest = times.slowest(split) * QUICKER;
                quick = times.within(Math.min(slowest, table.unevenness() * slowestServing(needed, batch)));
                room = quick == null ? -1 : memory.tokensLeavingRoom(quick, tokens);
            }
            batch = room < 0 ? 0 : largest(leastBatch - 1, batch - 1, smallerNeedsAtMost(room));
        }
        return best;
    }

    private IntPredicate smallerNeedsAtMost(double tokens) {
        return smaller -> evaluator.kvNeededTokens(phase, degrees.length, smaller) <= tokens;
    }

    /** What the slowest stage may take if a batch is to serve this rate. */
    private double slowestServing(double requestsPerSecond, int batch) {
        return rate(batch, 1, 1) / (requestsPerSecond * degrees.length);
    }

    private GroupStrategy better(GroupStrategy best, @Nullable GroupStrategy candidate) {
        return candidate != null && isInTime(candidate) && candidate.requestsPerSecond() > best.requestsPerSecond()
                ? candidate
                : best;
    }

    private boolean isInTime(GroupStrategy candidate) {
        return candidate.latencySeconds() <= limits.tokenSeconds();
    }

    private boolean servesInTime(int batch) {
        GroupStrategy candidate = evaluate(batch, 0);
        return candidate != null && isInTime(candidate);
    }

    private boolean fits(int batch) {
        return memory.holds(evaluator.kvNeededTokens(phase, degrees.length, batch), Math.max(1, evenLayers));
    }

    /** The largest number of a range that passes; all below one that passes do. The lower end if none above it does. */
    private static int largest(int low, int high, IntPredicate passes) {
        int passing = low;
        int failing = high + 1;
        while (failing - passing > 1) {
            int middle = passing + (failing - passing) / 2;
            if (passes.test(middle)) {
                passing = middle;
            } else {
                failing = middle;
            }
        }
        return passing;
    }

    /** The best split at this batch; {@code null} if nothing fits or, surely, none reaches {@code needed}. */
    private @Nullable GroupStrategy evaluate(int batch, double needed) {
        StepLoad load = evaluator.load(phase, degrees.length, batch);
        if (mostAt(batch, load) < needed) {
            return null;
        }
        int[] caps = memory.layersBeside(evaluator.kvNeededTokens(phase, degrees.length, batch));
        int[] split = evenLayers > 0 ? even(caps) : times.quickest(caps);
        return split == null ? null : measured(batch, passes(batch, load), load, split);
    }

    /** What no split of layers exceeds at this batch. */
    private double mostAt(int batch, StepLoad load) {
        times.set(load);
        double least = times.leastSeconds() / table.unevenness();
        return rate(batch, passes(batch, load) * least, degrees.length * least);
    }

    private double passes(int batch, StepLoad load) {
        return phase == Phase.PREFILL ? Math.rint(batch / load.prompts()) : 1;
    }

    private int @Nullable [] even(int[] caps) {
        int[] split = new int[degrees.length];
        Arrays.fill(split, evenLayers);
        for (int j = 0; j < split.length; j++) {
            if (caps[j] < split[j]) {
                return null;
            }
        }
        return split;
    }

    private double rate(int batch, double slowestSeconds, double iterationSeconds) {
        return phase == Phase.PREFILL
                ? batch / slowestSeconds
                : evaluator.tokensPerIteration(phase, degrees.length, batch)
                        / (Math.max(1, evaluator.lengths().decodeSteps()) * iterationSeconds);
    }

    private @Nullable GroupStrategy measured(int batch, double passes, StepLoad load, int[] split) {
        double slowest = 0;
        double through = 0;
        int layer = 0;
        for (int j = 0; j < split.length; j++) {
            double seconds = passes * times.of(j, layer, split[j], load);
            slowest = Math.max(slowest, seconds);
            through += seconds;
            layer += split[j];
            if (j > 0) {
                Link link = table.problem.cluster().link(members[j - 1][0], members[j][0]);
                through += table.costModel().hopSeconds(link, load.tokens());
            }
        }
        if (Double.isInfinite(through)) {
            // Stages on nodes that nothing connects.
            return null;
        }
        double latency = phase == Phase.PREFILL ? through : Math.max(split.length * slowest, through);
        double rate = rate(batch, slowest, latency);
        return new GroupStrategy(degrees, split, batch, rate, latency, kvRequests(split));
    }

    /** Requests whose prompt and output the cache holds at a time, on average half a request left unused. */
    private double kvRequests(int[] split) {
        return Math.max(0, memory.tokensBeside(split) / evaluator.lengths().meanReserved() - 0.5);
    }
}
