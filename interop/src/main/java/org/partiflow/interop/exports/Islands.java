package org.partiflow.interop.exports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.Route;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;

/**
 * Groups that caches flow between, directly or by way of others: requests of one island never need another. A proxy that
 * pairs any prefill with any decode engine is set up per island, so that it never uses a link that the plan avoids.
 *
 * @param prefill prefill groups
 * @param decode decode groups
 * @param flowRequestsPerSecond planned rate through the island
 */
record Islands(List<ServingGroup> prefill, List<ServingGroup> decode, double flowRequestsPerSecond) {
    /** The islands of a plan, in the order of their first prefill group. */
    static List<Islands> of(ServingPlan plan) {
        Map<String, String> root = new LinkedHashMap<>();
        plan.groups().stream().filter(g -> g.phase() != Phase.COLOCATED).forEach(g -> root.put(g.id(), g.id()));
        for (Route route : plan.routes()) {
            String kept = find(root, route.from());
            root.put(find(root, route.to()), kept);
        }
        Map<String, List<ServingGroup>> members = new LinkedHashMap<>();
        for (ServingGroup group : plan.groups()) {
            if (group.phase() != Phase.COLOCATED) {
                members.computeIfAbsent(find(root, group.id()), r -> new ArrayList<>())
                        .add(group);
            }
        }
        List<Islands> islands = new ArrayList<>();
        for (List<ServingGroup> groups : members.values()) {
            List<ServingGroup> from =
                    groups.stream().filter(g -> g.phase() == Phase.PREFILL).toList();
            List<ServingGroup> to =
                    groups.stream().filter(g -> g.phase() == Phase.DECODE).toList();
            islands.add(new Islands(
                    from,
                    to,
                    from.stream()
                            .mapToDouble(ServingGroup::flowRequestsPerSecond)
                            .sum()));
        }
        return islands;
    }

    /** Pairs of this island that the plan uses. */
    long pairs(ServingPlan plan) {
        return plan.routes().stream()
                .filter(r -> prefill.stream().anyMatch(g -> g.id().equals(r.from())))
                .count();
    }

    /** Words on pairs that a proxy may use and the plan does not; empty if there are none. */
    String note(ServingPlan plan) {
        long all = (long) prefill.size() * decode.size();
        return pairs(plan) == all
                ? ""
                : String.format(
                                Locale.ROOT,
                                "The proxy may use all %d pairs of prefill and decode engines; the plan uses %d of them.%n",
                                all,
                                pairs(plan))
                        .replace("\r\n", "\n");
    }

    private static String find(Map<String, String> root, String id) {
        String at = id;
        while (!root.getOrDefault(at, at).equals(at)) {
            at = root.getOrDefault(at, at);
        }
        return at;
    }
}
