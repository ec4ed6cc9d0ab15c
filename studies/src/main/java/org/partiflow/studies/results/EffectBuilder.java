package org.partiflow.studies.results;

import java.util.ArrayList;
import java.util.List;
import org.partiflow.studies.stats.Moments;
import org.partiflow.studies.study.Question;

/**
 * Builds the effect of one value from pairs that come problem by problem and, within a problem, seed by seed. Constant
 * memory but for the listed problems. Not thread-safe.
 */
final class EffectBuilder {
    static final int MOST_BLOCKS = 200;
    private static final int MOST_CELLS = 20;

    private final Question question;
    private final String value;
    private final double margin;
    private final Moments pooled;
    private final Moments ofBlocks = new Moments();
    private final List<BlockEffect> blocks = new ArrayList<>();
    private long wins;
    private long losses;
    private long leftOut;
    private List<String> block = List.of();
    private Moments ofSeeds = new Moments();
    private Moments values = new Moments();
    private Moments baselines = new Moments();
    private final List<Long> cells = new ArrayList<>();
    private final List<Long> baselineCells = new ArrayList<>();
    private Moments ofLastBlock = new Moments();
    private Moments ofSlice = new Moments();

    /** {@code pooled}: takes the effect of every problem, of all values of the question. */
    EffectBuilder(Question question, String value, Moments pooled) {
        this.pooled = pooled;
        this.question = question;
        this.value = value;
        margin = margin(question);
    }

    static double margin(Question question) {
        return question.metric().isShare() ? question.margin() : StrictMath.log1p(question.margin());
    }

    /** A pair of the slice at hand. */
    void pair(List<String> ofBlock, long cell, double own, long baselineCell, double baseline) {
        if (!ofBlock.equals(block)) {
            endBlock();
            block = ofBlock;
        }
        double effect = question.metric().isShare() ? own - baseline : StrictMath.log(own / baseline);
        if (!Double.isFinite(effect)) {
            leftOut++;
            return;
        }
        ofSlice.add(effect);
        values.add(own);
        baselines.add(baseline);
        if (cells.size() < MOST_CELLS) {
            cells.add(cell);
            baselineCells.add(baselineCell);
        }
    }

    /** The end of a problem's cells of one seed. */
    void endSlice() {
        if (ofSlice.count() > 0) {
            ofSeeds.add(ofSlice.mean());
        }
        ofSlice = new Moments();
    }

    Effect build() {
        endBlock();
        Moments used = ofBlocks.count() == 1 ? ofLastBlock : ofBlocks;
        return new Effect(value, estimate(used, wins, losses), blocks, leftOut);
    }

    private void endBlock() {
        if (ofSeeds.count() > 0) {
            boolean lower = question.metric().lowerIsBetter();
            double mean = lower ? -ofSeeds.mean() : ofSeeds.mean();
            wins += mean > margin ? 1 : 0;
            losses += mean < -margin ? 1 : 0;
            ofBlocks.add(ofSeeds.mean());
            pooled.add(ofSeeds.mean());
            if (blocks.size() < MOST_BLOCKS) {
                blocks.add(new BlockEffect(
                        block,
                        estimate(ofSeeds, mean > margin ? 1 : 0, mean < -margin ? 1 : 0),
                        values.mean(),
                        baselines.mean(),
                        cells,
                        baselineCells));
            }
            ofLastBlock = ofSeeds;
        }
        ofSeeds = new Moments();
        values = new Moments();
        baselines = new Moments();
        cells.clear();
        baselineCells.clear();
    }

    private Estimate estimate(Moments moments, long better, long worse) {
        return Estimate.of(
                moments,
                better,
                worse,
                margin,
                question.metric().isShare(),
                question.metric().lowerIsBetter());
    }
}
