package org.partiflow.io.internal.tree;

/** The version line that every file of ours starts with: {@code partiflow: cluster/1}. Stateless. */
public final class Header {
    private static final String FIELD = "partiflow";

    private Header() {}

    /** Checks that the file is of the format and version that the caller reads. */
    public static void check(FieldReader root, String expected) {
        String found = root.text(FIELD, "");
        if (found.isEmpty()) {
            root.problem(FIELD, "is missing; start the file with 'partiflow: " + expected + "'");
        } else if (!found.equals(expected)) {
            String kind = expected.substring(0, expected.indexOf('/') + 1);
            root.problem(
                    FIELD,
                    found.startsWith(kind)
                            ? "version '" + found + "' is not supported; this release reads '" + expected + "'"
                            : "the file is a '" + found + "', not a '" + expected + "'; give a file of that format");
        }
    }
}
