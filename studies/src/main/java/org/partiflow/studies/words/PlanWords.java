package org.partiflow.studies.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.partiflow.api.Objective;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.plan.ServingPlan;

/** A plan's shape, certificate and bottleneck in words. Stateless. */
public final class PlanWords {
    private static final double PROVEN = 1e-9;
    private static final double SMALLEST_SHOWN = 0.0005;
    private static final int NAMED = 6;
    private static final String LINK = "link:";

    private PlanWords() {}

    /** What the bound proves, as a sentence without its full stop. */
    public static String certificate(ServingPlan plan) {
        ServingPlan.Certificate certificate = plan.certificate();
        String bound = "at most " + Numbers.round(certificate.upperBoundRequestsPerSecond()) + " req/s";
        if (!boundsObjective(plan)) {
            return bound + " by any plan; " + leastCost(plan);
        }
        return certificate.gap() <= PROVEN
                ? bound + "; nothing in " + space(plan) + " is better than this plan"
                : bound + "; this plan is within " + gap(plan) + " of anything in " + space(plan);
    }

    private static String leastCost(ServingPlan plan) {
        ServingPlan.LeastCost least = plan.certificate().leastCost();
        if (least == null || least.lowerBoundUsdPerHour() <= 0) {
            return "how cheap a plan could be is not bounded";
        }
        return "the required rate costs at least " + Numbers.usd(least.lowerBoundUsdPerHour()) + "/h"
                + (least.costGap() <= PROVEN
                        ? " with groups that the search builds: no such plan is cheaper"
                        : " with groups that the search builds: this plan is within " + Numbers.percent(least.costGap())
                                + " of that");
    }

    /** Whether the bound is on what was optimised: it is on throughput, so not for the least cost. */
    public static boolean boundsObjective(ServingPlan plan) {
        return !plan.generator().objective().equals(Objective.COST.name());
    }

    /** The gap as a percentage that is never rounded to nothing. */
    public static String gap(ServingPlan plan) {
        double gap = plan.certificate().gap();
        return gap > PROVEN && gap < SMALLEST_SHOWN ? "less than 0.1 %" : Numbers.percent(Math.max(0, gap));
    }

    /** The search space that the bound covers, as "the ... space". */
    public static String space(ServingPlan plan) {
        String covers = plan.certificate().covers();
        return switch (covers) {
            case "patterns" -> "the pattern space";
            case "compute" -> "the space of all plans";
            default -> "the space '" + covers + "'";
        };
    }

    /** What that space holds. */
    public static String meaningOfSpace(ServingPlan plan) {
        return switch (plan.certificate().covers()) {
            case "patterns" ->
                "all plans of disjoint groups that the strategy search can build, whatever their KV links";
            case "compute" -> "all plans whatever, from compute alone: loose where memory or links limit";
            default -> plan.certificate().covers();
        };
    }

    /** How the work is divided, for example {@code 2 prefill and 3 decode groups}. */
    public static String shape(ServingPlan plan) {
        List<String> parts = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            int count = plan.groups(phase).size();
            if (count > 0) {
                parts.add(count + " " + GroupWords.phase(phase));
            }
        }
        int last = parts.size() - 1;
        String list = last <= 0
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
        return list + (plan.groups().size() == 1 ? " group" : " groups");
    }

    /** What limits the throughput, from the minimum cut. */
    public static String bottleneck(ServingPlan plan) {
        Map<String, ServingGroup> groups =
                plan.groups().stream().collect(Collectors.toMap(ServingGroup::id, Function.identity(), (a, b) -> a));
        List<String> parts = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            List<String> ids = plan.certificate().minCut().stream()
                    .filter(id -> groups.containsKey(id) && groups.get(id).phase() == phase)
                    .toList();
            if (!ids.isEmpty()) {
                parts.add("compute of " + GroupWords.phase(phase) + (ids.size() == 1 ? " group " : " groups ")
                        + named(ids));
            }
        }
        List<String> routes = other(plan, groups, true);
        if (!routes.isEmpty()) {
            parts.add("KV transfer " + named(routes));
        }
        List<String> links = other(plan, groups, false);
        if (!links.isEmpty()) {
            parts.add(named(links.stream().map(PlanWords::link).toList()));
        }
        return parts.isEmpty() ? "none named" : String.join("; ", parts);
    }

    /** A shared link in words: {@code h0/nic-out} is "the NIC of h0 (out)". */
    public static String link(String linkId) {
        String id = linkId.startsWith(LINK) ? linkId.substring(LINK.length()) : linkId;
        if (id.contains("=>")) {
            return "the link " + id.replace("=>", " to ");
        }
        int slash = id.lastIndexOf('/');
        String owner = slash < 0 ? id : id.substring(0, slash);
        return switch (slash < 0 ? "" : id.substring(slash + 1)) {
            case "nic-out" -> "the NIC of " + owner + " (out)";
            case "nic-in" -> "the NIC of " + owner + " (in)";
            case "out" -> "the port of GPU " + owner + " (out)";
            case "in" -> "the port of GPU " + owner + " (in)";
            default -> id;
        };
    }

    private static List<String> other(ServingPlan plan, Map<String, ServingGroup> groups, boolean routes) {
        return plan.certificate().minCut().stream()
                .filter(id -> !groups.containsKey(id) && id.contains("->") == routes)
                .toList();
    }

    private static String named(List<String> ids) {
        return ids.size() <= NAMED
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, NAMED)) + " and " + (ids.size() - NAMED) + " more";
    }
}
