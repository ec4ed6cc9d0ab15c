package org.partiflow.studies.study;

import java.util.Arrays;

/** Which condition a cell's plan is made for. */
public enum PlanUse {
    /** For the cell's own links and KV protocol: how well does planning adapt? */
    REPLANNED("replanned"),
    /** For the study's reference links and KV protocol: how robust is a plan that was made for something else? */
    FIXED("fixed");

    private final String label;

    PlanUse(String label) {
        this.label = label;
    }

    /** Name in files. */
    public String label() {
        return label;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static PlanUse parse(String text) {
        return Arrays.stream(values())
                .filter(use -> use.label.equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is no plan use; write replanned or fixed"));
    }
}
