package org.partiflow.studies.report;

import java.util.List;
import org.partiflow.studies.markup.Element;
import org.partiflow.studies.markup.Node;

/** Recurring parts of the page. Stateless. */
final class Page {
    private Page() {}

    static Element block(String cssClass, Node... children) {
        return Element.of("div", children).with("class", cssClass);
    }

    static Element span(String cssClass, String text) {
        return Element.text("span", text).with("class", cssClass);
    }

    /** A section with a heading and a sentence that says what is seen. */
    static Element section(String title, String caption, Node... content) {
        return Element.of(
                        "section",
                        Element.text("h2", title),
                        Element.text("p", caption).with("class", "caption"))
                .add(List.of(content));
    }

    /** A table that scrolls sideways where it does not fit; the cells of columns marked '>' are right-aligned. */
    static Element table(List<String> head, String alignment, List<List<Node>> rows) {
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
    static Node text(String text) {
        return Element.text("span", text);
    }

    private static Element align(Element cell, String alignment, int column) {
        return alignment.charAt(column) == '>' ? cell.with("class", "num") : cell;
    }
}
