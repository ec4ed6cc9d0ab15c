package org.partiflow.studies.charts;

import java.util.List;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.markup.Svg;
import org.partiflow.studies.report.Axis;
import org.partiflow.studies.report.Page;

/**
 * Changes against a baseline as bars around zero, with their intervals and a band within which there is no difference.
 *
 * @param description for those who cannot see it
 * @param bars from top to bottom
 * @param margin half the width of the band, as a share
 * @param unit behind the ticks: % or points
 */
public record EffectBars(String description, List<Bar> bars, double margin, String unit) {
    private static final double WIDTH = 720;
    private static final double LEFT = 190;
    private static final double RIGHT = 96;
    private static final double ROW = 30;
    private static final double TOP = 8;
    private static final double BOTTOM = 30;
    private static final double WIDEST = 2;

    /**
     * A bar; all figures are shares.
     *
     * @param label to the left
     * @param change length
     * @param low lower end of the interval
     * @param high upper end
     * @param look better, worse, same or open
     * @param text to the right
     */
    public record Bar(String label, double change, double low, double high, String look, String text) {}

    /** The chart as a part of a page. */
    public Node draw() {
        double height = TOP + bars.size() * ROW + BOTTOM;
        double most = Math.min(WIDEST, Axis.roundUp(Math.max(margin * 2, extent())));
        Element picture = Svg.picture(WIDTH, height, description).with("class", "chart effects");
        picture.add(
                Svg.rect(at(-margin, most), TOP, at(margin, most) - at(-margin, most), bars.size() * ROW, 0, "band"));
        for (double tick : Axis.ticks(most)) {
            tick(picture, tick, most, height);
            if (tick > 0) {
                tick(picture, -tick, most, height);
            }
        }
        for (int i = 0; i < bars.size(); i++) {
            bar(picture, bars.get(i), TOP + i * ROW, most);
        }
        picture.add(Svg.line(at(0, most), TOP, at(0, most), height - BOTTOM, "zero"));
        return Page.block("scroll", picture);
    }

    private double extent() {
        double extent = 0;
        for (Bar bar : bars) {
            extent = Math.max(extent, Math.abs(bar.change()));
            extent = Double.isFinite(bar.low()) ? Math.max(extent, Math.abs(bar.low())) : extent;
            extent = Double.isFinite(bar.high()) ? Math.max(extent, Math.abs(bar.high())) : extent;
        }
        return extent;
    }

    private void tick(Element picture, double value, double most, double height) {
        picture.add(Svg.line(at(value, most), TOP, at(value, most), height - BOTTOM, "grid"));
        String sign = value > 0 ? "+" : value < 0 ? "\u2212" : "";
        String text = sign + Element.number(Math.abs(value) * 100) + " " + unit;
        picture.add(Svg.label(at(value, most), height - BOTTOM + 16, text, "tick mid"));
    }

    private void bar(Element picture, Bar bar, double top, double most) {
        picture.add(Svg.label(LEFT - 8, top + ROW / 2 + 4, bar.label(), "row end"));
        Element group = Element.of("g").with("class", "effect " + bar.look());
        if (Double.isFinite(bar.change())) {
            double zero = at(0, most);
            double end = at(bar.change(), most);
            group.add(Svg.rect(Math.min(zero, end), top + 7, Math.abs(end - zero), ROW - 14, 2, "fill"));
        }
        if (Double.isFinite(bar.low())) {
            double middle = top + ROW / 2;
            group.add(Svg.line(at(bar.low(), most), middle, at(bar.high(), most), middle, "whisker"));
            group.add(Svg.line(at(bar.low(), most), middle - 4, at(bar.low(), most), middle + 4, "whisker"));
            group.add(Svg.line(at(bar.high(), most), middle - 4, at(bar.high(), most), middle + 4, "whisker"));
        }
        picture.add(group);
        picture.add(Svg.label(WIDTH - RIGHT + 10, top + ROW / 2 + 4, bar.text(), "row"));
    }

    private static double at(double value, double most) {
        double share = (Math.max(-most, Math.min(most, value)) + most) / (2 * most);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }
}
