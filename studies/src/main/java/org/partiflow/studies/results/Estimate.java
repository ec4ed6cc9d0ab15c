package org.partiflow.studies.results;

import org.partiflow.studies.stats.Moments;
import org.partiflow.studies.stats.SignTest;

/**
 * An effect with its uncertainty. Immutable.
 *
 * @param effect mean of the logarithms of ratios, or of differences for shares
 * @param low lower end of its 95 % interval
 * @param high upper end
 * @param units how many independent values it is the mean of
 * @param wins how many of them are better by more than the margin
 * @param losses how many are worse by more than the margin
 * @param tP two-sided p value of the paired t test; NaN for fewer than two values
 * @param signP two-sided p value of the sign test over wins and losses
 * @param isShare whether effects are differences
 * @param verdict what this says
 */
public record Estimate(
        double effect,
        double low,
        double high,
        long units,
        long wins,
        long losses,
        double tP,
        double signP,
        boolean isShare,
        Verdict verdict) {
    static Estimate of(Moments moments, long wins, long losses, double margin, boolean isShare, boolean lower) {
        double mean = moments.mean();
        double half = moments.halfWidth();
        return new Estimate(
                mean,
                mean - half,
                mean + half,
                moments.count(),
                wins,
                losses,
                moments.pValue(),
                SignTest.pValue(wins, losses),
                isShare,
                Verdict.of(mean - half, mean + half, margin, lower));
    }

    /** Relative change, or difference for shares. */
    public double change() {
        return shown(effect);
    }

    /** Lower end of the change. */
    public double lowChange() {
        return shown(low);
    }

    /** Upper end of the change. */
    public double highChange() {
        return shown(high);
    }

    /** The ratio to the baseline; NaN for shares. */
    public double ratio() {
        return isShare ? Double.NaN : StrictMath.exp(effect);
    }

    private double shown(double value) {
        return isShare ? value : StrictMath.expm1(value);
    }
}
