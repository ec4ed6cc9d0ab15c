package org.partiflow.partitioning;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.partiflow.api.control.Budget;

/**
 * Local search on counts for many blocks: blocks wait in a queue; whoever lies in the next one takes its best improving
 * move, or the best improving swap with what lies in the blocks it is linked to most. What changed is looked at again. Never
 * worsens its start: violation first, then cut. Looking at one domain in one block costs O(blocks), a move O(domains); a
 * round over all blocks O(vertices x (blocks + domains)). Not thread-safe.
 *
 * <p>Where {@link KernighanLinRefiner} looks at everything to take one best step, this takes every step that helps, so that
 * effort grows with the number of vertices and not with its square.
 */
final class CountDescent {
    private static final long LARGE = 1 << 17;
    private static final int TARGETS = 4;
    private static final int MOST_KICK_STEPS = 4;

    private final BlockState state;
    private final DomainGraph graph;
    private final int blocks;
    private final Occupants occupants;
    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private final boolean[] queued;
    private int[] log = new int[64];
    private int logged;
    private long work;
    private final int[] targets = new int[TARGETS];
    private final long[] targetRate = new long[TARGETS];
    private int targetCount;
    private long bestViolation;
    private long bestGain;
    private int bestTo;
    private int bestNumber;
    private int bestPartner;
    private int bestBack;

    CountDescent(BlockState state) {
        this.state = state;
        graph = state.graph;
        blocks = state.blocks;
        occupants = new Occupants(state);
        queued = new boolean[blocks];
    }

    /** Table entries looked at so far: a deterministic measure of effort. */
    long work() {
        return work;
    }

    /** Whether one look at everything, which a step of {@link KernighanLinRefiner} takes, is too much for most steps. */
    static boolean pays(BlockState state) {
        return (long) state.graph.vertices() * state.blocks > LARGE;
    }

    /** Descends from all blocks until nothing helps, or {@code mostWork} is spent. */
    void refine(Budget budget, long mostWork) {
        logged = 0;
        for (int b = 0; b < blocks; b++) {
            enqueue(b);
        }
        descend(budget, work + mostWork);
    }

    /** Kicks a few domains at random, descends around them and goes back unless that is no worse, again and again. */
    void search(Budget budget, long mostWork, SplittableRandom random) {
        long end = work + mostWork;
        while (work < end && budget.spend()) {
            work += blocks;
            long violation = state.violation();
            long cut = state.cut();
            logged = 0;
            int steps = 1 + random.nextInt(MOST_KICK_STEPS);
            for (int i = 0; i < steps; i++) {
                kick(random);
            }
            descend(budget, end);
            if (state.betterThan(violation, cut) || (state.violation() == violation && state.cut() == cut)) {
                continue;
            }
            while (logged > 0) {
                logged -= 4;
                apply(log[logged], log[logged + 2], log[logged + 1], log[logged + 3]);
            }
        }
    }

    /** Gathers a domain that is spread over blocks, or swaps two that are not. */
    private void kick(SplittableRandom random) {
        int to = random.nextInt(blocks);
        int from = random.nextInt(blocks);
        if (from == to || occupants.size(to) == 0 || occupants.size(from) == 0) {
            return;
        }
        int d = occupants.domain(to, random.nextInt(occupants.size(to)));
        work += blocks;
        boolean gathered = false;
        for (int b = 0; b < blocks; b++) {
            if (b != to && state.count(d, b) > 0) {
                step(d, b, to, state.count(d, b));
                gathered = true;
            }
        }
        if (!gathered) {
            int e = occupants.domain(from, random.nextInt(occupants.size(from)));
            step(d, to, from, state.count(d, to));
            step(e, from, to, state.count(e, from));
        }
    }

    private void descend(Budget budget, long end) {
        while (!queue.isEmpty()) {
            int block = queue.remove();
            queued[block] = false;
            if (work >= end || !budget.spend()) {
                continue;
            }
            for (int i = 0; i < occupants.size(block); i++) {
                if (improve(occupants.domain(block, i), block)) {
                    i = -1;
                }
                if (work >= end) {
                    break;
                }
            }
        }
    }

    /** Takes the best step that helps of what the domain has in the block; false if there is none. */
    private boolean improve(int d, int from) {
        bestViolation = state.violation();
        bestGain = 0;
        bestTo = -1;
        targetCount = 0;
        int all = state.count(d, from);
        work += blocks;
        for (int to = 0; to < blocks; to++) {
            if (to == from) {
                continue;
            }
            long rate = state.gain(d, from, to, all);
            offer(d, from, to, all, -1, 0, rate);
            if (all > 1) {
                long single = state.gain(d, from, to, 1);
                offer(d, from, to, 1, -1, 0, single);
                rate = Math.max(rate, single);
            }
            if (targetCount < TARGETS || rate > targetRate[targetCount - 1]) {
                keepTarget(to, rate);
            }
        }
        if (bestTo < 0) {
            for (int t = 0; t < targetCount; t++) {
                offerSwaps(d, from, targets[t], all);
            }
        }
        if (bestTo < 0) {
            return false;
        }
        int to = bestTo;
        int partner = bestPartner;
        int back = bestBack;
        step(d, from, to, bestNumber);
        if (partner >= 0) {
            step(partner, to, from, back);
        }
        return true;
    }

    private void keepTarget(int to, long rate) {
        int at = targetCount < TARGETS ? targetCount++ : TARGETS - 1;
        while (at > 0 && targetRate[at - 1] < rate) {
            targetRate[at] = targetRate[at - 1];
            targets[at] = targets[at - 1];
            at--;
        }
        targetRate[at] = rate;
        targets[at] = to;
    }

    private void offerSwaps(int d, int from, int to, int all) {
        long weight = graph.vertexWeight(d);
        for (int i = 0; i < occupants.size(to); i++) {
            int e = occupants.domain(to, i);
            if (e == d) {
                continue;
            }
            int partners = state.count(e, to);
            long partnerWeight = graph.vertexWeight(e);
            long between = graph.edgeWeight(d, e);
            work += 8;
            offerSwap(d, from, to, all, e, partners, between);
            if (all > 1 || partners > 1) {
                offerSwap(d, from, to, 1, e, 1, between);
                offerSwap(d, from, to, all, e, matching(all * weight, partnerWeight, partners), between);
                offerSwap(d, from, to, matching(partners * partnerWeight, weight, all), e, partners, between);
            }
        }
    }

    private static int matching(long weight, long unit, int most) {
        return (int) Math.max(1, Math.min(most, (weight + unit / 2) / unit));
    }

    private void offerSwap(int d, int from, int to, int number, int e, int back, long between) {
        long gain = state.gain(d, from, to, number) + state.gain(e, to, from, back) - 2 * between * number * back;
        offer(d, from, to, number, e, back, gain);
    }

    private void offer(int d, int from, int to, int number, int partner, int back, long gain) {
        if (gain <= bestGain && state.violation() == 0) {
            return;
        }
        long shifted = number * graph.vertexWeight(d) - (partner < 0 ? 0 : back * graph.vertexWeight(partner));
        long violation = state.violationAfter(from, to, shifted);
        if (violation < bestViolation || (violation == bestViolation && gain > bestGain)) {
            bestViolation = violation;
            bestGain = gain;
            bestTo = to;
            bestNumber = number;
            bestPartner = partner;
            bestBack = back;
        }
    }

    private void step(int domain, int from, int to, int number) {
        if (logged + 4 > log.length) {
            log = Arrays.copyOf(log, 2 * log.length);
        }
        log[logged++] = domain;
        log[logged++] = from;
        log[logged++] = to;
        log[logged++] = number;
        apply(domain, from, to, number);
        enqueue(from);
        enqueue(to);
    }

    private void apply(int domain, int from, int to, int number) {
        work += 4L * graph.neighbours(domain);
        occupants.move(domain, from, to, number);
    }

    private void enqueue(int block) {
        if (!queued[block]) {
            queued[block] = true;
            queue.add(block);
        }
    }
}
