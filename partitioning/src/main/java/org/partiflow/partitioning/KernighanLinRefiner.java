package org.partiflow.partitioning;

import java.util.Arrays;
import org.partiflow.api.control.Budget;

/**
 * Kernighan-Lin / Fiduccia-Mattheyses refinement of k blocks at once, by moves and swaps of single vertices and of all
 * vertices that a domain has in a block. Never worsens its start: violation first, then cut. Not thread-safe.
 *
 * <p>A pass is a tentative sequence: the best step is taken even if it worsens the cut, what has moved is locked, and at
 * the end everything after the best prefix is undone. While the limits are kept, a step may break them by at most a
 * given slack; while they are broken, only steps that mend them are taken. One step scans O(domains x blocks) moves and
 * O(candidates x domains) swaps.
 *
 * <p>References: [1] Kernighan, Lin: An efficient heuristic procedure for partitioning graphs, 1970,
 * doi:10.1002/j.1538-7305.1970.tb01770.x. [2] Fiduccia, Mattheyses: A linear-time heuristic for improving network
 * partitions, 1982, doi:10.1109/DAC.1982.1585498.
 */
final class KernighanLinRefiner {
    private static final int PATIENCE = 40;
    private static final int MAX_STEPS = 2000;
    private static final int FULL_SWAP_ENTRIES = 96;
    private static final int SWAP_CANDIDATES = 24;

    private final BlockState state;
    private final DomainGraph graph;
    private final int blocks;
    private final int[] arrived;
    private final int[] log = new int[4 * (2 * MAX_STEPS + 2)];
    private final long heaviest;
    private int logged;
    private long work;
    private long workLimit;

    private long bestGain;
    private int bestDomain;
    private int bestFrom;
    private int bestTo;
    private int bestNumber;
    private int bestPartner;
    private int bestPartnerNumber;

    private final long[] candidateGain = new long[SWAP_CANDIDATES];
    private final int[] candidateEntry = new int[SWAP_CANDIDATES];
    private final int[] candidateTo = new int[SWAP_CANDIDATES];
    private int candidates;

    /** The domains with vertices that may move in each block, ascending, made anew for every step. */
    private final int[] movableIn;

    private final int[] movableInSize;
    /** How many of them the scan of all swaps has passed. */
    private final int[] passed;

    KernighanLinRefiner(BlockState state) {
        this.state = state;
        graph = state.graph;
        blocks = state.blocks;
        arrived = new int[graph.domains() * blocks];
        movableIn = new int[arrived.length];
        movableInSize = new int[blocks];
        passed = new int[blocks];
        long most = 0;
        for (int d = 0; d < graph.domains(); d++) {
            most = Math.max(most, graph.vertexWeight(d) * graph.size(d));
        }
        heaviest = most;
    }

    /** Counts work done elsewhere. */
    void charge(long more) {
        work += more;
    }

    /** Moves and swaps looked at so far: a deterministic measure of effort. */
    long work() {
        return work;
    }

    /**
     * Passes until none improves: strict ones, and ones that may break the limits for a while.
     *
     * @param mostWork how much more {@link #work()} may be done
     */
    void refine(Budget budget, long mostWork) {
        boolean improved = true;
        workLimit = work + mostWork;
        while (improved && work < workLimit && budget.mayGoOn()) {
            improved = pass(0, budget);
            if (!improved) {
                improved = pass(heaviest, budget);
            }
        }
    }

    private boolean pass(long slack, Budget budget) {
        Arrays.fill(arrived, 0);
        logged = 0;
        long startViolation = state.violation();
        long startCut = state.cut();
        long violation = startViolation;
        long cut = startCut;
        int keep = 0;
        int idle = 0;
        for (int step = 0; step < MAX_STEPS && idle < PATIENCE && work < workLimit && budget.spend(); step++, idle++) {
            if (!selectStep(slack)) {
                break;
            }
            applyStep();
            if (state.betterThan(violation, cut)) {
                violation = state.violation();
                cut = state.cut();
                keep = logged;
                idle = 0;
            }
        }
        undoAfter(keep);
        return state.betterThan(startViolation, startCut);
    }

    private boolean selectStep(long slack) {
        bestDomain = -1;
        bestGain = Long.MIN_VALUE;
        candidates = 0;
        int entries = 0;
        boolean mending = state.violation() > 0;
        long limit = mending ? state.violation() - 1 : slack;
        work += (long) graph.domains() * blocks;
        Arrays.fill(movableInSize, 0);
        for (int d = 0; d < graph.domains(); d++) {
            for (int from = 0; from < blocks; from++) {
                if (movable(d, from) > 0) {
                    entries++;
                    movableIn[from * graph.domains() + movableInSize[from]++] = d;
                    scanMoves(d, from, limit);
                }
            }
        }
        if (entries <= FULL_SWAP_ENTRIES) {
            scanAllSwaps(limit);
        } else {
            for (int i = 0; i < candidates; i++) {
                int entry = candidateEntry[i];
                scanSwaps(entry / blocks, entry % blocks, candidateTo[i], 0, limit);
            }
        }
        return bestDomain >= 0;
    }

    private int movable(int domain, int block) {
        return state.count(domain, block) - arrived[domain * blocks + block];
    }

    private void scanMoves(int d, int from, long limit) {
        int all = movable(d, from);
        long weight = graph.vertexWeight(d);
        long topRate = Long.MIN_VALUE;
        int topTo = -1;
        work += blocks;
        for (int to = 0; to < blocks; to++) {
            if (to == from) {
                continue;
            }
            long whole = state.gain(d, from, to, all);
            long rate = whole / all;
            if (whole > bestGain && state.violationAfter(from, to, all * weight) <= limit) {
                keepBest(whole, d, from, to, all, -1, 0);
            }
            if (all > 1) {
                long single = state.gain(d, from, to, 1);
                rate = Math.max(rate, single);
                if (single > bestGain && state.violationAfter(from, to, weight) <= limit) {
                    keepBest(single, d, from, to, 1, -1, 0);
                }
            }
            if (rate > topRate) {
                topRate = rate;
                topTo = to;
            }
        }
        if (topTo >= 0) {
            offerCandidate(topRate, d * blocks + from, topTo);
        }
    }

    private void offerCandidate(long gain, int entry, int to) {
        if (candidates == SWAP_CANDIDATES && gain <= candidateGain[candidates - 1]) {
            return;
        }
        int at = candidates < SWAP_CANDIDATES ? candidates++ : candidates - 1;
        while (at > 0 && candidateGain[at - 1] < gain) {
            candidateGain[at] = candidateGain[at - 1];
            candidateEntry[at] = candidateEntry[at - 1];
            candidateTo[at] = candidateTo[at - 1];
            at--;
        }
        candidateGain[at] = gain;
        candidateEntry[at] = entry;
        candidateTo[at] = to;
    }

    private void scanAllSwaps(long limit) {
        Arrays.fill(passed, 0);
        for (int d = 0; d < graph.domains(); d++) {
            for (int block = 0; block < blocks; block++) {
                passed[block] += movable(d, block) > 0 ? 1 : 0;
            }
            for (int from = 0; from < blocks; from++) {
                if (movable(d, from) > 0) {
                    for (int to = 0; to < blocks; to++) {
                        if (to != from) {
                            scanSwaps(d, from, to, passed[to], limit);
                        }
                    }
                }
            }
        }
    }

    /** Swaps of vertices of {@code d} against vertices of the domains of a block, but for the first of them. */
    private void scanSwaps(int d, int from, int to, int first, long limit) {
        int all = movable(d, from);
        long weight = graph.vertexWeight(d);
        for (int i = first; i < movableInSize[to]; i++) {
            int e = movableIn[to * graph.domains() + i];
            if (e == d) {
                continue;
            }
            int partners = movable(e, to);
            long between = graph.edgeWeight(d, e);
            long partnerWeight = graph.vertexWeight(e);
            trySwap(d, from, to, 1, e, 1, between, limit);
            if (all == 1 && partners == 1) {
                continue;
            }
            trySwap(d, from, to, all, e, partners, between, limit);
            trySwap(d, from, to, all, e, matching(all * weight, partnerWeight, partners), between, limit);
            trySwap(d, from, to, matching(partners * partnerWeight, weight, all), e, partners, between, limit);
            trySwap(d, from, to, 1, e, matching(weight, partnerWeight, partners), between, limit);
            trySwap(d, from, to, matching(partnerWeight, weight, all), e, 1, between, limit);
        }
    }

    /** How many vertices of {@code unit} weigh about {@code weight}; at least 1, at most {@code most}. */
    private static int matching(long weight, long unit, int most) {
        return (int) Math.max(1, Math.min(most, (weight + unit / 2) / unit));
    }

    private void trySwap(int d, int from, int to, int number, int e, int partners, long between, long limit) {
        work++;
        long gain =
                state.gain(d, from, to, number) + state.gain(e, to, from, partners) - 2 * between * number * partners;
        if (gain > bestGain) {
            long shifted = number * graph.vertexWeight(d) - partners * graph.vertexWeight(e);
            if (state.violationAfter(from, to, shifted) <= limit) {
                keepBest(gain, d, from, to, number, e, partners);
            }
        }
    }

    private void keepBest(long gain, int domain, int from, int to, int number, int partner, int partnerNumber) {
        bestGain = gain;
        bestDomain = domain;
        bestFrom = from;
        bestTo = to;
        bestNumber = number;
        bestPartner = partner;
        bestPartnerNumber = partnerNumber;
    }

    private void applyStep() {
        record(bestDomain, bestFrom, bestTo, bestNumber);
        if (bestPartner >= 0) {
            record(bestPartner, bestTo, bestFrom, bestPartnerNumber);
        }
    }

    private void record(int domain, int from, int to, int number) {
        state.move(domain, from, to, number);
        arrived[domain * blocks + to] += number;
        log[4 * logged] = domain;
        log[4 * logged + 1] = from;
        log[4 * logged + 2] = to;
        log[4 * logged + 3] = number;
        logged++;
        work += 2L * graph.domains();
    }

    private void undoAfter(int keep) {
        while (logged > keep) {
            logged--;
            work += 2L * graph.domains();
            state.move(log[4 * logged], log[4 * logged + 2], log[4 * logged + 1], log[4 * logged + 3]);
        }
    }
}
