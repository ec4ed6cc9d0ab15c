package org.partiflow.api.check;

/**
 * Something that is wrong with a result.
 *
 * @param rule short kebab-case name of the broken rule
 * @param subject id of what breaks it
 * @param message what is wrong, with values
 */
public record Violation(String rule, String subject, String message) {
    @Override
    public String toString() {
        return subject + ": " + message + " [" + rule + "]";
    }
}
