package org.partiflow.studies.markup;

/** SVG elements. Stateless. */
public final class Svg {
    private Svg() {}

    /** A picture with its own coordinates and a description for those who cannot see it. */
    public static Element picture(double width, double height, String description) {
        return Element.of("svg")
                .with("viewBox", "0 0 " + Element.number(width) + " " + Element.number(height))
                .with("role", "img")
                .with("aria-label", description);
    }

    /** A rectangle with rounded corners. */
    public static Element rect(double x, double y, double width, double height, double radius, String cssClass) {
        return Element.of("rect")
                .with("x", x)
                .with("y", y)
                .with("width", Math.max(0, width))
                .with("height", Math.max(0, height))
                .with("rx", radius)
                .with("class", cssClass);
    }

    /** A straight line. */
    public static Element line(double x1, double y1, double x2, double y2, String cssClass) {
        return Element.of("line")
                .with("x1", x1)
                .with("y1", y1)
                .with("x2", x2)
                .with("y2", y2)
                .with("class", cssClass);
    }

    /** A path. */
    public static Element path(String data, String cssClass) {
        return Element.of("path").with("d", data).with("class", cssClass);
    }

    /** A disc. */
    public static Element circle(double x, double y, double radius, String cssClass) {
        return Element.of("circle")
                .with("cx", x)
                .with("cy", y)
                .with("r", radius)
                .with("class", cssClass);
    }

    /** Text at a point; the class sets its anchor and look. */
    public static Element label(double x, double y, String text, String cssClass) {
        return Element.text("text", text).with("x", x).with("y", y).with("class", cssClass);
    }

    /** A horizontal band between two vertical edges, curved like a stream. */
    public static Element band(double x1, double top1, double x2, double top2, double width, String cssClass) {
        double middle = (x1 + x2) / 2;
        String data = "M" + at(x1, top1) + "C" + at(middle, top1) + " " + at(middle, top2) + " " + at(x2, top2) + "L"
                + at(x2, top2 + width) + "C" + at(middle, top2 + width) + " " + at(middle, top1 + width) + " "
                + at(x1, top1 + width) + "Z";
        return path(data, cssClass);
    }

    /** A point in path data. */
    public static String at(double x, double y) {
        return Element.number(x) + "," + Element.number(y);
    }
}
