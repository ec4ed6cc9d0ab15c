package org.partiflow.studies.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.markup.Svg;
import org.partiflow.studies.report.Page;

/**
 * Points in two dimensions of which less is better, with the Pareto front.
 *
 * @param title above the chart
 * @param xTitle below the x axis
 * @param yTitle above the y axis
 * @param x places from left to right
 * @param y places from bottom to top
 * @param series points; those of one series share a colour
 * @param notes tooltip of every point, by series
 */
public record ScatterChart(
        String title, String xTitle, String yTitle, Scale x, Scale y, List<Series> series, List<List<String>> notes) {
    private static final double WIDTH = 560;
    private static final double HEIGHT = 330;
    private static final double LEFT = 56;
    private static final double RIGHT = 16;
    private static final double TOP = 28;
    private static final double BOTTOM = 46;

    /** The chart as a part of a page. */
    public Node draw() {
        Element picture = Svg.picture(WIDTH, HEIGHT, title).with("class", "chart");
        for (double tick : y.ticks()) {
            picture.add(Svg.line(LEFT, atY(tick), WIDTH - RIGHT, atY(tick), "grid"));
            picture.add(Svg.label(LEFT - 6, atY(tick) + 4, y.label().apply(tick), "tick end"));
        }
        for (double tick : x.ticks()) {
            picture.add(Svg.line(atX(tick), TOP, atX(tick), HEIGHT - BOTTOM, "grid"));
            picture.add(Svg.label(atX(tick), HEIGHT - BOTTOM + 16, x.label().apply(tick), "tick mid"));
        }
        picture.add(Svg.label(LEFT - 48, 14, yTitle, "tick"));
        picture.add(Svg.label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, xTitle, "tick mid"));
        picture.add(Svg.path(front(), "front"));
        for (int i = 0; i < series.size(); i++) {
            Element group = Element.of("g").with("class", "s" + i % LineChart.COLOURS);
            for (int p = 0; p < series.get(i).points().size(); p++) {
                Series.Point point = series.get(i).points().get(p);
                group.add(Element.of(
                        "g",
                        Element.text("title", notes.get(i).get(p)),
                        Svg.circle(atX(point.x()), atY(point.y()), 4.5, "dot")));
            }
            picture.add(group);
        }
        return Page.block("panel wide", Element.text("h3", title), picture, LineChart.legend(series));
    }

    /** The points that no other beats in both dimensions, as steps. */
    private String front() {
        List<Series.Point> all = new ArrayList<>();
        series.forEach(line -> all.addAll(line.points()));
        all.sort(Comparator.comparingDouble(Series.Point::x).thenComparingDouble(Series.Point::y));
        StringBuilder path = new StringBuilder();
        double lowest = Double.POSITIVE_INFINITY;
        for (Series.Point point : all) {
            if (point.y() < lowest) {
                if (!path.isEmpty()) {
                    path.append('L').append(Svg.at(atX(point.x()), atY(lowest)));
                }
                lowest = point.y();
                path.append(path.isEmpty() ? 'M' : 'L').append(Svg.at(atX(point.x()), atY(lowest)));
            }
        }
        return path.toString();
    }

    private double atX(double value) {
        return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double atY(double value) {
        return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
    }
}
