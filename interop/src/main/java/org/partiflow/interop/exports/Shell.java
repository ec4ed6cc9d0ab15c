package org.partiflow.interop.exports;

import java.util.ArrayList;
import java.util.List;

/** A command line, one option per line. Not thread-safe. */
final class Shell {
    private final List<String> words = new ArrayList<>();

    Shell(String program) {
        words.add(program);
    }

    /** An option with a value, quoted where a shell would take it apart. */
    Shell with(String option, Object value) {
        words.add(option + " " + quoted(value.toString()));
        return this;
    }

    /** An option whose value may hold variables. */
    Shell withVariables(String option, String value) {
        words.add(option + " \"" + value + '"');
        return this;
    }

    Shell flag(String option) {
        words.add(option);
        return this;
    }

    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:=@%+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
        return String.join(" \\\n    ", words);
    }
}
