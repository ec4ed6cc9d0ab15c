package org.partiflow.studies.markup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An element of HTML or SVG, written as well-formed XML. Text and attribute values are escaped; coordinates are rounded
 * to two digits. Mutable while it is built; not thread-safe.
 */
public final class Element implements Node {
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Node> children = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    /** An empty element. */
    public static Element of(String name) {
        return new Element(name);
    }

    /** An element with children. */
    public static Element of(String name, Node... children) {
        return new Element(name).add(Arrays.asList(children));
    }

    /** An element with text. */
    public static Element text(String name, String text) {
        return new Element(name).add(text);
    }

    /** Sets an attribute. */
    public Element with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    /** Sets a numeric attribute. */
    public Element with(String attribute, double value) {
        return with(attribute, number(value));
    }

    /** Appends text. */
    public Element add(String text) {
        return add(out -> escape(text, out));
    }

    /** Appends a child. */
    public Element add(Node child) {
        children.add(child);
        return this;
    }

    /** Appends children. */
    public Element add(Iterable<? extends Node> more) {
        more.forEach(children::add);
        return this;
    }

    @Override
    public void writeTo(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            out.append(' ').append(attribute).append("=\"");
            escape(value, out);
            out.append('"');
        });
        if (children.isEmpty() && Tags.mayBeEmpty(name)) {
            out.append("/>");
            return;
        }
        out.append('>');
        children.forEach(child -> child.writeTo(out));
        out.append("</").append(name).append('>');
        if (Tags.endsLine(name)) {
            out.append('\n');
        }
    }

    /** A coordinate: at most two digits after the point, never an exponent. */
    public static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
    }
}
