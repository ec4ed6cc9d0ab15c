package org.partiflow.studies.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.partiflow.studies.cell.CellResult;
import org.partiflow.studies.run.SortedResults;
import org.partiflow.studies.stats.Moments;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Question;
import org.partiflow.studies.study.Study;

/**
 * Reads a complete log once (twice if a question compares across problems) and keeps sums only. One log only; not
 * thread-safe.
 */
public final class FindingsBuilder {
    private static final int MOST_TROUBLES = 20;
    private static final int MOST_POINTS = 2000;

    private final Study study;
    private final Slice slice = new Slice();
    private final Baselines baselines;
    private final Map<String, Map<String, EffectBuilder>> effects = new LinkedHashMap<>();
    private final Map<String, Moments> pooled = new LinkedHashMap<>();
    private final Map<Findings.VariantKey, Means> drawn = new LinkedHashMap<>();
    private final Map<Findings.VariantKey, Means> ofBlock = new LinkedHashMap<>();
    private final List<Findings.Point> points = new ArrayList<>();
    private final Map<String, Findings.Trouble> troubles = new LinkedHashMap<>();
    private List<String> block = List.of();
    private long done;
    private long infeasible;
    private long failed;

    private FindingsBuilder(Study study) {
        this.study = study;
        baselines = new Baselines(study);
        for (Question question : study.questions()) {
            Moments all = new Moments();
            pooled.put(question.id(), all);
            Map<String, EffectBuilder> own = new LinkedHashMap<>();
            for (String value : study.grid(question.grid()).of(question.compare())) {
                own.put(value, new EffectBuilder(question, value, all));
            }
            effects.put(question.id(), own);
        }
    }

    /** What a complete log of a study says. */
    public static Findings of(Study study, Path log) {
        FindingsBuilder builder = new FindingsBuilder(study);
        if (builder.baselines.isNeeded()) {
            SortedResults.forEach(log, result -> builder.baselines.take(study.cell(result.index()), result));
        }
        SortedResults.forEach(log, result -> builder.take(study.cell(result.index()), result));
        return builder.findings();
    }

    private void take(Cell cell, CellResult result) {
        if (!slice.takes(cell)) {
            endSlice();
        }
        if (!cell.block().equals(block)) {
            endBlock();
            block = cell.block();
        }
        slice.add(cell, result);
        switch (result.status()) {
            case DONE -> done++;
            case INFEASIBLE -> infeasible++;
            case FAILED -> failed++;
        }
        if (result.status() != CellResult.Status.DONE) {
            trouble(result);
            return;
        }
        Findings.VariantKey key = new Findings.VariantKey(cell.grid(), cell.variant());
        ofBlock.computeIfAbsent(key, k -> new Means()).add(result);
        if (study.drawn().matches(cell)) {
            drawn.computeIfAbsent(key, k -> new Means()).add(result);
        }
    }

    private void trouble(CellResult result) {
        String key = result.status() + result.reason();
        Findings.Trouble known = troubles.get(key);
        if (known != null || troubles.size() < MOST_TROUBLES) {
            troubles.put(
                    key,
                    known == null
                            ? new Findings.Trouble(result.status().name(), result.reason(), 1, result.index())
                            : new Findings.Trouble(
                                    known.status(), known.reason(), known.cells() + 1, known.firstCell()));
        }
    }

    private void endSlice() {
        for (Question question : study.questions()) {
            Map<String, EffectBuilder> own = effects.getOrDefault(question.id(), Map.of());
            for (Cell cell : slice.cells()) {
                if (question.compares(cell)) {
                    pair(question, cell, own);
                }
            }
            own.values().forEach(EffectBuilder::endSlice);
        }
        slice.clear();
    }

    private void pair(Question question, Cell cell, Map<String, EffectBuilder> own) {
        EffectBuilder builder = own.get(cell.get(question.compare()));
        if (builder == null) {
            return;
        }
        String metric = question.metric().name();
        Optional<Baselines.Baseline> baseline = question.crossesBlocks()
                ? baselines.find(question, cell)
                : slice.find(cell.with(question.baseline()))
                        .map(result -> new Baselines.Baseline(result.index(), result.value(metric)));
        Baselines.Baseline other = baseline.orElse(new Baselines.Baseline(-1, Double.NaN));
        builder.pair(cell.block(), cell.index(), slice.result(cell).value(metric), other.cell(), other.value());
    }

    private void endBlock() {
        ofBlock.forEach((variant, means) -> {
            if (points.size() < MOST_POINTS) {
                points.add(new Findings.Point(block, variant, means.firstCell(), means));
            }
        });
        ofBlock.clear();
    }

    private Findings findings() {
        endSlice();
        endBlock();
        List<Answer> answers = study.questions().stream().map(this::answer).toList();
        return new Findings(study, done, infeasible, failed, List.copyOf(troubles.values()), answers, drawn, points);
    }

    private Answer answer(Question question) {
        List<Effect> built = new ArrayList<>();
        long wins = 0;
        long losses = 0;
        for (EffectBuilder builder :
                effects.getOrDefault(question.id(), Map.of()).values()) {
            Effect effect = builder.build();
            if (effect.overall().units() > 0 || effect.leftOut() > 0) {
                built.add(effect);
                wins += effect.overall().wins();
                losses += effect.overall().losses();
            }
        }
        Estimate all = Estimate.of(
                pooled.getOrDefault(question.id(), new Moments()),
                wins,
                losses,
                EffectBuilder.margin(question),
                question.metric().isShare(),
                question.metric().lowerIsBetter());
        return new Answer(question, built, all, Wording.sentence(question, built), Wording.claim(question, all));
    }
}
