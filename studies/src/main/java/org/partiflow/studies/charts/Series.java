package org.partiflow.studies.charts;

import java.util.List;

/**
 * A line of a chart. Immutable.
 *
 * @param label shown in the legend
 * @param points from left to right
 */
public record Series(String label, List<Point> points) {
    /** Copies the list. */
    public Series {
        points = List.copyOf(points);
    }

    /**
     * A point.
     *
     * @param x place
     * @param y value
     * @param halfWidth half its 95 % interval; 0 for none
     */
    public record Point(double x, double y, double halfWidth) {}
}
