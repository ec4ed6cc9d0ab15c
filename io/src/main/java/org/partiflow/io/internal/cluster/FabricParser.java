package org.partiflow.io.internal.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.NodeLink;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.NearestName;

/** Reads what connects nodes and zones. Stateless. */
final class FabricParser {
    private FabricParser() {}

    static Fabric fabric(FieldReader fields, Set<String> zones) {
        Duration latency = Duration.ZERO;
        if (fields.has("zones")) {
            FieldReader inside = fields.object("zones");
            latency = NodeParser.latency(inside);
            inside.rejectUnknown();
        }
        List<ZoneLink> between = new ArrayList<>();
        Set<Set<String>> seen = new HashSet<>();
        for (FieldReader link : fields.objects("between")) {
            Pair pair = pair(link, "zones", "zone", zones, seen);
            Bandwidth bandwidth = NodeParser.bandwidth(link);
            Duration delay = NodeParser.latency(link);
            ZoneLink built = link.build(() -> new ZoneLink(pair.a(), pair.b(), bandwidth, delay));
            if (built != null) {
                between.add(built);
            }
        }
        fields.rejectUnknown();
        return new Fabric(latency, between);
    }

    static List<NodeLink> nodeLinks(FieldReader root, Set<String> nodes) {
        List<NodeLink> links = new ArrayList<>();
        Set<Set<String>> seen = new HashSet<>();
        for (FieldReader link : root.objects("links")) {
            Pair pair = pair(link, "between", "node", nodes, seen);
            Bandwidth bandwidth = NodeParser.bandwidth(link);
            Duration delay = NodeParser.latency(link);
            NodeLink built = link.build(() -> new NodeLink(pair.a(), pair.b(), bandwidth, delay));
            if (built != null) {
                links.add(built);
            }
        }
        return links;
    }

    private static Pair pair(FieldReader link, String field, String what, Set<String> existing, Set<Set<String>> seen) {
        List<String> ends = link.requiredTexts(field);
        if (ends.size() != 2) {
            if (link.has(field)) {
                link.problem(field, "must name two " + what + "s, names " + ends.size());
            }
            return new Pair("", "");
        }
        for (int i = 0; i < 2; i++) {
            String end = ends.get(i);
            if (!existing.contains(end)) {
                link.problem(
                        field + "[" + i + "]",
                        () -> "there is no " + what + " '" + end + "'" + NearestName.suggestion(end, existing)
                                + "; name one of the " + what + "s under nodes");
            }
        }
        if (ends.get(0).equals(ends.get(1))) {
            link.problem(field, "joins the " + what + " '" + ends.get(0) + "' to itself; name two different ones");
        } else if (!seen.add(Set.of(ends.get(0), ends.get(1)))) {
            link.problem(
                    field,
                    what + "s '" + ends.get(0) + "' and '" + ends.get(1) + "' are already linked above; keep one");
        }
        return new Pair(ends.get(0), ends.get(1));
    }

    private record Pair(String a, String b) {}
}
