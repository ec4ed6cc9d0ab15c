package org.partiflow.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of text with aligned columns. Not thread-safe. */
public final class TextTable {
    private static final String GAP = "  ";

    private final String alignment;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table whose columns are right-aligned where {@code alignment} has '>', else left-aligned. */
    public TextTable(String alignment, String... head) {
        this.alignment = alignment;
        row(head);
    }

    /** Adds a row with as many cells as there are columns. */
    public TextTable row(String... cells) {
        if (cells.length != alignment.length()) {
            throw new IllegalArgumentException(cells.length + " cells for " + alignment.length() + " columns");
        }
        rows.add(Arrays.asList(cells.clone()));
        return this;
    }

    /** Number of rows under the head. */
    public int size() {
        return rows.size() - 1;
    }

    /** The table, each line ended by a line feed and without blanks at its end. */
    @Override
    public String toString() {
        int[] widths = new int[alignment.length()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                boolean right = alignment.charAt(i) == '>';
                line.append(i == 0 ? "" : GAP).append(right ? padding : "").append(row.get(i));
                line.append(right ? "" : padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
