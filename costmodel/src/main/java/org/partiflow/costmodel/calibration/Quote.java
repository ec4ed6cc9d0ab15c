package org.partiflow.costmodel.calibration;

/** Texts of a file in messages. Stateless. */
final class Quote {
    private static final int LONGEST = 60;

    private Quote() {}

    /** The text in quotes, as far as a person would read it. */
    static String of(String text) {
        return "'" + shortened(text) + "'";
    }

    /** The text as far as a person would read it. */
    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
