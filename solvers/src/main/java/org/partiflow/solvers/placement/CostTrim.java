package org.partiflow.solvers.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * For {@code COST}: layouts of the groups of another one that serve the most for their price, as many as the required rate needs.
 * Prefill and decode groups are taken in pairs of equal supply, colocated ones by themselves, always the cheapest per
 * request; some more are taken where links keep them from their rates. O(groups log groups) and a few flows. Not thread-safe.
 */
final class CostTrim {
    /** Supply beyond the required rate. */
    private static final double[] SPARE = {0, 0.01, 0.03, 0.06, 0.1, 0.2};

    private final Cluster cluster;
    private final Evaluator evaluator;
    private final double requiredRate;

    CostTrim(Cluster cluster, Evaluator evaluator, double requiredRate) {
        this.cluster = cluster;
        this.evaluator = evaluator;
        this.requiredRate = requiredRate;
    }

    /** The cheaper ones of the layout's own groups that still serve the rate; empty if there are none. */
    List<Layout> cheaper(Layout layout) {
        List<Layout> found = new ArrayList<>();
        for (double spare : SPARE) {
            List<Group> chosen = chosen(layout.groups(), requiredRate * (1 + spare));
            if (chosen.isEmpty() || chosen.size() == layout.groups().size()) {
                break;
            }
            GpuSet pool = layout.pool();
            for (Group group : layout.groups()) {
                pool = chosen.contains(group) ? pool : pool.plus(group.set());
            }
            Layout candidate = evaluator.evaluate(chosen, pool);
            if (candidate.score().isBetterThan(layout.score())) {
                found.add(candidate);
                break;
            }
        }
        return found;
    }

    private List<Group> chosen(List<Group> groups, double rate) {
        List<Group> prefill = byPrice(groups, Phase.PREFILL);
        List<Group> decode = byPrice(groups, Phase.DECODE);
        List<Group> colocated = byPrice(groups, Phase.COLOCATED);
        List<Group> chosen = new ArrayList<>();
        double prefilled = 0;
        double decoded = 0;
        double served = 0;
        int p = 0;
        int d = 0;
        int c = 0;
        while (Math.min(prefilled, decoded) + served < rate) {
            boolean pairs = (prefilled > decoded || p < prefill.size()) && (decoded >= prefilled || d < decode.size());
            pairs &= p < prefill.size() || d < decode.size();
            double pair = pairs ? usdPerRequest(prefill, p) + usdPerRequest(decode, d) : Double.POSITIVE_INFINITY;
            if (c < colocated.size() && usdPerRequest(colocated, c) <= pair) {
                served += colocated.get(c).requestsPerSecond();
                chosen.add(colocated.get(c++));
            } else if (pairs && prefilled <= decoded && p < prefill.size()) {
                prefilled += prefill.get(p).requestsPerSecond();
                chosen.add(prefill.get(p++));
            } else if (pairs && d < decode.size()) {
                decoded += decode.get(d).requestsPerSecond();
                chosen.add(decode.get(d++));
            } else {
                return List.of();
            }
        }
        return chosen;
    }

    private List<Group> byPrice(List<Group> groups, Phase phase) {
        return groups.stream()
                .filter(group -> group.phase() == phase && group.requestsPerSecond() > 0)
                .sorted(Comparator.<Group>comparingDouble(group -> usdPerRequest(group))
                        .thenComparingInt(Group::number))
                .toList();
    }

    /** Of the group at a position; 0 behind the last, where its side needs no more. */
    private double usdPerRequest(List<Group> groups, int position) {
        return position < groups.size() ? usdPerRequest(groups.get(position)) : 0;
    }

    private double usdPerRequest(Group group) {
        double usd = 0;
        for (int i = 0; i < group.set().positions(); i++) {
            usd += group.set().count(i) * cluster.node(group.set().node(i)).pricePerGpuHourUsd();
        }
        return usd / group.requestsPerSecond();
    }
}
