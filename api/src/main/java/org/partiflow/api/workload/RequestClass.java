package org.partiflow.api.workload;

/**
 * A class of requests.
 *
 * @param name shown in reports
 * @param share probability that a request is of this class, in (0, 1]
 * @param lengths its prompt and output lengths
 */
public record RequestClass(String name, double share, Lengths lengths) {
    /** Rejects a share outside (0, 1]. */
    public RequestClass {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share of class '" + name + "' must be in (0, 1], got " + share);
        }
    }
}
