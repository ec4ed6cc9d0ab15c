package org.partiflow.studies.report;

import java.util.List;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;
import org.partiflow.studies.markup.Svg;
import org.partiflow.studies.words.Numbers;

/** Cumulative distributions of the latencies, one small picture each. */
final class LatencyPicture {
    private static final double WIDTH = 340;
    private static final double HEIGHT = 220;
    private static final double LEFT = 44;
    private static final double RIGHT = 14;
    private static final double TOP = 16;
    private static final double BOTTOM = 30;
    private static final int STEPS = 200;
    private static final List<Double> MARKED = List.of(0.5, 0.9, 0.99);

    private final LatencyCurve curve;
    private final double most;

    private LatencyPicture(LatencyCurve curve) {
        this.curve = curve;
        double longest = curve.quantile(0.995);
        most = Axis.roundUp(Math.max(longest, curve.targetSeconds().orElse(0)) * 1.04);
    }

    static Node all(List<LatencyCurve> curves) {
        Element row = Page.block("small-multiples");
        for (LatencyCurve curve : curves) {
            Node picture = curve.quantilesSeconds().isEmpty()
                    ? Page.span("caption", "no request completed")
                    : new LatencyPicture(curve).draw();
            row.add(Page.block(
                    "panel", Element.text("h3", curve.name()), Page.span("caption", curve.meaning()), picture));
        }
        return row;
    }

    private Element draw() {
        Element picture = Svg.picture(WIDTH, HEIGHT, "Cumulative distribution of " + curve.name());
        for (double share : new double[] {0, 0.25, 0.5, 0.75, 1}) {
            picture.add(Svg.line(LEFT, y(share), WIDTH - RIGHT, y(share), "grid"));
            picture.add(Svg.label(LEFT - 6, y(share) + 4, Math.round(share * 100) + " %", "tick end"));
        }
        for (double tick : Axis.ticks(most)) {
            String anchor = x(tick) > WIDTH - 2 * RIGHT ? "tick end" : "tick mid";
            picture.add(Svg.label(Math.min(x(tick), WIDTH - 2), HEIGHT - 10, Numbers.briefSeconds(tick), anchor));
        }
        picture.add(Svg.path(area(), "area")).add(Svg.path(line(), "curve"));
        curve.targetSeconds().ifPresent(target -> target(picture, target));
        for (double share : MARKED) {
            double at = curve.quantile(share);
            picture.add(Svg.circle(x(at), y(share), 3.5, "mark"));
            boolean atRight = x(at) > WIDTH * 0.7;
            picture.add(Svg.label(
                    x(at) + (atRight ? -3 : 7),
                    y(share) + 15,
                    "p" + Math.round(share * 100) + " " + Numbers.seconds(at),
                    atRight ? "value end" : "value"));
        }
        return picture;
    }

    private void target(Element picture, double target) {
        picture.add(Svg.line(x(target), TOP, x(target), y(0), "slo"));
        boolean atRight = x(target) > WIDTH * 0.6;
        String text = "target " + Numbers.briefSeconds(target) + ": " + Numbers.percent(curve.shareWithin(target))
                + " within";
        picture.add(Svg.label(x(target) + (atRight ? -5 : 5), y(0) - 8, text, atRight ? "slo-text end" : "slo-text"));
    }

    private String line() {
        StringBuilder data = new StringBuilder("M").append(Svg.at(x(curve.quantile(0)), y(0)));
        for (int i = 1; i <= STEPS; i++) {
            double share = (double) i / STEPS;
            data.append('L').append(Svg.at(x(Math.min(most, curve.quantile(share))), y(share)));
        }
        return data.append('L').append(Svg.at(x(most), y(1))).toString();
    }

    private String area() {
        return line() + "L" + Svg.at(x(most), y(0)) + "Z";
    }

    private double x(double seconds) {
        return LEFT + seconds / most * (WIDTH - LEFT - RIGHT);
    }

    private double y(double share) {
        return TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
    }
}
