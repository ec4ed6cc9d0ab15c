package org.partiflow.studies.markup;

import java.util.Set;

/** What the writer must know of HTML's and SVG's elements. */
final class Tags {
    private static final Set<String> EMPTY = Set.of("meta", "br", "rect", "path", "line", "circle", "stop", "col");
    private static final Set<String> BLOCKS = Set.of(
            "html", "head", "body", "title", "style", "header", "main", "footer", "section", "figure", "div", "svg",
            "h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "dl", "dd", "ul", "li");

    private Tags() {}

    static boolean mayBeEmpty(String name) {
        return EMPTY.contains(name);
    }

    static boolean endsLine(String name) {
        return BLOCKS.contains(name);
    }
}
