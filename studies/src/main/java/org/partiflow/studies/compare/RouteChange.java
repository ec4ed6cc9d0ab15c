package org.partiflow.studies.compare;

/**
 * A KV route whose flow differs.
 *
 * @param first name in the first plan, such as {@code p0->d1}; empty if its groups are not both there
 * @param second name in the second plan; empty if its groups are not both there
 * @param firstRequestsPerSecond flow in the first plan, 0 if it has no such route
 * @param secondRequestsPerSecond flow in the second plan, 0 if it has no such route
 */
public record RouteChange(String first, String second, double firstRequestsPerSecond, double secondRequestsPerSecond) {}
