package org.partiflow.studies.results;

import java.util.LinkedHashMap;
import java.util.Map;
import org.partiflow.studies.cell.CellResult;
import org.partiflow.studies.stats.Moments;

/** Moments of every value over the seeds. Not thread-safe while it is filled. */
public final class Means {
    private final Map<String, Moments> moments = new LinkedHashMap<>();
    private long firstCell = -1;
    private long lastCell = -1;

    Means() {}

    void add(CellResult result) {
        firstCell = firstCell < 0 ? result.index() : firstCell;
        lastCell = result.index();
        result.values()
                .forEach((name, value) ->
                        moments.computeIfAbsent(name, n -> new Moments()).add(value));
    }

    /** The mean of a metric; NaN without values. */
    public double mean(String metric) {
        Moments own = moments.get(metric);
        return own == null ? Double.NaN : own.mean();
    }

    /** Half the 95 % interval of a metric's mean; NaN without values. */
    public double halfWidth(String metric) {
        Moments own = moments.get(metric);
        return own == null ? Double.NaN : own.halfWidth();
    }

    /** Number of values of a metric. */
    public long count(String metric) {
        Moments own = moments.get(metric);
        return own == null ? 0 : own.count();
    }

    /** The first cell that these are the means of. */
    public long firstCell() {
        return firstCell;
    }

    /** The last cell. */
    public long lastCell() {
        return lastCell;
    }
}
