package org.partiflow.studies.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;

/** Recurring parts of pages. Stateless. */
public final class Page {
    private Page() {}

    /** A block with a style. */
    public static Element block(String cssClass, Node... children) {
        return Element.of("div", children).with("class", cssClass);
    }

    /** Text with a style. */
    public static Element span(String cssClass, String text) {
        return Element.text("span", text).with("class", cssClass);
    }

    /** A section with a heading and a sentence that says what is seen. */
    public static Element section(String title, String caption, Node... content) {
        return Element.of(
                        "section",
                        Element.text("h2", title),
                        Element.text("p", caption).with("class", "caption"))
                .add(List.of(content));
    }

    /** A table that scrolls sideways where it does not fit; the cells of columns marked '>' are right-aligned. */
    public static Element table(List<String> head, String alignment, List<List<Node>> rows) {
        Element body = Element.of("tbody");
        for (List<Node> row : rows) {
            Element line = Element.of("tr");
            for (int i = 0; i < row.size(); i++) {
                line.add(align(Element.of("td", row.get(i)), alignment, i));
            }
            body.add(line);
        }
        Element titles = Element.of("tr");
        for (int i = 0; i < head.size(); i++) {
            titles.add(align(Element.text("th", head.get(i)), alignment, i));
        }
        return block("scroll", Element.of("table", Element.of("thead", titles), body));
    }

    /** Plain text as a node. */
    public static Node text(String text) {
        return Element.text("span", text);
    }

    /** A whole document: no script, no network, for screens of any width and for paper. */
    public static String document(String title, String style, Node main) {
        Element head = Element.of(
                "head",
                Element.of("meta").with("charset", "utf-8"),
                Element.of("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                Element.of("meta").with("name", "color-scheme").with("content", "light dark"),
                Element.text("title", title),
                Element.of("style", out -> out.append(style)));
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
        Element.of("html", head, Element.of("body", main)).with("lang", "en").writeTo(out);
        return out.toString();
    }

    /**
     * A style sheet beside a class.
     *
     * @throws IllegalStateException if it is not there
     */
    public static String style(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the style sheet '" + name + "' is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the style sheet '" + name + "' cannot be read", e);
        }
    }

    private static Element align(Element cell, String alignment, int column) {
        return alignment.charAt(column) == '>' ? cell.with("class", "num") : cell;
    }
}
