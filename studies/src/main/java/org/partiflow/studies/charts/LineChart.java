package org.partiflow.studies.charts;

import java.util.List;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.markup.Svg;
import org.partiflow.studies.report.Page;

/**
 * Lines over a common axis, with intervals and a legend.
 *
 * @param title above the chart
 * @param xTitle below the x axis
 * @param yTitle above the y axis
 * @param x places from left to right
 * @param y places from bottom to top
 * @param series the lines
 */
public record LineChart(String title, String xTitle, String yTitle, Scale x, Scale y, List<Series> series) {
    private static final double WIDTH = 460;
    private static final double HEIGHT = 250;
    private static final double LEFT = 52;
    private static final double RIGHT = 24;
    private static final double TOP = 26;
    private static final double BOTTOM = 44;
    static final int COLOURS = 8;

    /** The chart as a part of a page. */
    public Node draw() {
        Element picture = Svg.picture(WIDTH, HEIGHT, title).with("class", "chart");
        grid(picture);
        for (int i = 0; i < series.size(); i++) {
            line(picture, series.get(i), "s" + i % COLOURS, i >= COLOURS);
        }
        return Page.block("panel", Element.text("h3", title), picture, legend(series));
    }

    static Node legend(List<Series> series) {
        Element legend = Page.block("legend");
        for (int i = 0; i < series.size(); i++) {
            legend.add(Element.of(
                    "span",
                    Page.span("key s" + i % COLOURS + (i >= COLOURS ? " dashed" : ""), ""),
                    Page.text(series.get(i).label())));
        }
        return legend;
    }

    private void grid(Element picture) {
        for (double tick : y.ticks()) {
            picture.add(Svg.line(LEFT, atY(tick), WIDTH - RIGHT, atY(tick), "grid"));
            picture.add(Svg.label(LEFT - 6, atY(tick) + 4, y.label().apply(tick), "tick end"));
        }
        for (double tick : x.ticks()) {
            picture.add(Svg.line(atX(tick), TOP, atX(tick), HEIGHT - BOTTOM, "grid"));
            picture.add(Svg.label(atX(tick), HEIGHT - BOTTOM + 16, x.label().apply(tick), "tick mid"));
        }
        picture.add(Svg.label(LEFT - 44, 14, yTitle, "tick"));
        picture.add(Svg.label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, xTitle, "tick mid"));
    }

    private void line(Element picture, Series line, String colour, boolean dashed) {
        Element group = Element.of("g").with("class", colour + (dashed ? " dashed" : ""));
        group.add(Element.text("title", line.label()));
        StringBuilder path = new StringBuilder();
        for (Series.Point point : line.points()) {
            path.append(path.isEmpty() ? "M" : "L").append(Svg.at(atX(point.x()), atY(clamped(point.y()))));
        }
        group.add(Svg.path(path.toString(), "series"));
        boolean marked = line.points().size() <= 12;
        for (Series.Point point : line.points()) {
            if (point.halfWidth() > 0 && Double.isFinite(point.halfWidth())) {
                group.add(Svg.line(
                        atX(point.x()),
                        atY(clamped(point.y() - point.halfWidth())),
                        atX(point.x()),
                        atY(clamped(point.y() + point.halfWidth())),
                        "whisker"));
            }
            if (marked) {
                group.add(Svg.circle(atX(point.x()), atY(clamped(point.y())), 3, "dot"));
            }
        }
        picture.add(group);
    }

    private double clamped(double value) {
        return Math.max(y.least(), Math.min(y.most(), value));
    }

    private double atX(double value) {
        return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double atY(double value) {
        return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
    }
}
