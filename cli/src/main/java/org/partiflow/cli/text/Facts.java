package org.partiflow.cli.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** Labelled lines, one fact each. Not thread-safe. */
public final class Facts {
    private final Map<String, String> facts = new LinkedHashMap<>();

    /** Adds a fact. */
    public Facts add(String label, String text) {
        facts.put(label, text);
        return this;
    }

    @Override
    public String toString() {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        StringBuilder text = new StringBuilder();
        facts.forEach((label, fact) -> text.append(label)
                .append(" ".repeat(width - label.length()))
                .append(fact)
                .append('\n'));
        return text.toString();
    }
}
