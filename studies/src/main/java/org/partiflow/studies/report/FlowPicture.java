package org.partiflow.studies.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.markup.Svg;
import org.partiflow.studies.words.GroupWords;
import org.partiflow.studies.words.Numbers;

/** KV caches as streams from prefill to decode groups, as wide as their rate. */
final class FlowPicture {
    private static final double WIDTH = 920;
    private static final double LEFT = 250;
    private static final double RIGHT = 670;
    private static final double BAR = 14;
    private static final double LEAST_LABELLED = 9;
    private static final int MOST_LETTERS = 32;

    private final Cluster cluster;
    private final Palette palette;
    private final FlowLayout layout;
    private final Set<String> cut;

    FlowPicture(PlanReport report, Palette palette) {
        cluster = report.problem().cluster();
        this.palette = palette;
        layout = new FlowLayout(report.plan());
        cut = Set.copyOf(report.plan().certificate().minCut());
    }

    Node draw() {
        Element picture = Svg.picture(WIDTH, layout.height(), "Requests per second from prefill to decode groups")
                .with("class", "flow");
        if (!layout.left().isEmpty()) {
            picture.add(Svg.label(LEFT, 16, "PREFILL", "head end"));
            picture.add(Svg.label((LEFT + RIGHT) / 2, 16, "KV CACHE", "head mid"));
            picture.add(Svg.label(RIGHT, 16, "DECODE", "head"));
        }
        layout.streams().forEach(stream -> picture.add(stream(stream)));
        layout.through().forEach(bar -> picture.add(through(bar)));
        layout.left().forEach(bar -> picture.add(bar(bar, LEFT - BAR, LEFT - BAR - 10, "end")));
        layout.right().forEach(bar -> picture.add(bar(bar, RIGHT, RIGHT + BAR + 10, "start")));
        labels(picture);
        return layout.hidden() == 0
                ? Page.block("scroll", picture)
                : Page.block(
                        "scroll", picture, Page.span("caption", layout.hidden() + " smaller groups are not drawn"));
    }

    private Element stream(FlowLayout.Stream stream) {
        String route = stream.route().from() + "->" + stream.route().to();
        Element group =
                Element.of("g").with("class", "g-" + palette.of(stream.route().from()));
        group.add(Element.text(
                "title",
                route + ": " + Numbers.round(stream.route().flowRequestsPerSecond()) + " req/s of "
                        + Numbers.round(stream.route().capacityRequestsPerSecond()) + ", "
                        + stream.route().protocol()));
        String look = cut.contains(route) ? "stream cut" : "stream";
        return group.add(Svg.band(LEFT, stream.fromTop(), RIGHT, stream.toTop(), stream.width(), look));
    }

    private void labels(Element picture) {
        Map<String, Double> last = new HashMap<>();
        for (FlowLayout.Stream stream : layout.streams()) {
            double y = stream.fromTop() + stream.width() / 2;
            double above = last.getOrDefault(stream.route().from(), -100.0);
            if (stream.width() >= LEAST_LABELLED || y - above > 14) {
                String text = Numbers.round(stream.route().flowRequestsPerSecond()) + " req/s";
                picture.add(Svg.label(LEFT + 12, y + 4, text, "rate"));
                last.put(stream.route().from(), y);
            }
        }
    }

    private Element through(FlowLayout.Bar bar) {
        Element group =
                Element.of("g").with("class", "g-" + palette.of(bar.group().id()));
        group.add(Svg.rect(LEFT, bar.top(), RIGHT - LEFT, bar.height(), 2, "spare"));
        group.add(Svg.rect(LEFT, bar.top(), RIGHT - LEFT, bar.filled(), 2, "stream"));
        group.add(Svg.label(
                (LEFT + RIGHT) / 2,
                bar.top() + Math.max(14, bar.height() / 2 + 4),
                "prefill and decode in one place",
                "rate mid"));
        return group.add(bar(bar, LEFT - BAR, LEFT - BAR - 10, "end"));
    }

    private Element bar(FlowLayout.Bar bar, double x, double textX, String anchor) {
        ServingGroup group = bar.group();
        Element drawn = Element.of("g").with("class", "g-" + palette.of(group.id()));
        drawn.add(Svg.rect(x, bar.top(), BAR, bar.height(), 3, "spare"));
        drawn.add(Svg.rect(x, bar.top(), BAR, bar.filled(), 3, "full"));
        String rate = group.id() + "  " + Numbers.round(group.flowRequestsPerSecond()) + " of "
                + Numbers.round(group.capacityRequestsPerSecond()) + " req/s";
        drawn.add(Svg.label(textX, bar.top() + 12, rate, "name " + anchor));
        drawn.add(Element.text("title", group.id() + ": " + GroupWords.types(cluster, group)));
        drawn.add(Svg.label(textX, bar.top() + 27, gpus(group), "detail " + anchor));
        String limits = cut.contains(group.id()) ? " · bottleneck" : "";
        drawn.add(Svg.label(
                textX, bar.top() + 41, "TPxPP " + GroupWords.parallelism(group) + limits, "detail " + anchor));
        return drawn;
    }

    /** Its GPUs in what fits beside a bar: further types as a number. */
    private String gpus(ServingGroup group) {
        String all = GroupWords.types(cluster, group);
        int end = all.indexOf(" + ");
        if (all.length() <= MOST_LETTERS || end < 0) {
            return all;
        }
        String first = all.substring(0, end);
        int counted = Integer.parseInt(first.substring(0, first.indexOf('x')));
        return first + " + " + (group.gpuCount() - counted) + " others";
    }
}
