package org.partiflow.studies.results;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.partiflow.studies.cell.CellResult;
import org.partiflow.studies.study.Cell;
import org.partiflow.studies.study.Question;
import org.partiflow.studies.study.Study;

/**
 * Baselines of questions that compare with another problem or grid; their memory grows with the number of baselines. Not
 * thread-safe.
 */
final class Baselines {
    /** A baseline's cell and value. */
    record Baseline(long cell, double value) {}

    private record Key(String question, List<String> values) {}

    private final List<Question> questions;
    private final Map<Key, Baseline> known = new HashMap<>();

    Baselines(Study study) {
        questions = study.questions().stream().filter(Question::crossesBlocks).toList();
    }

    boolean isNeeded() {
        return !questions.isEmpty();
    }

    void take(Cell cell, CellResult result) {
        for (Question question : questions) {
            double value = result.value(question.metric().name());
            if (question.isBaseline(cell) && Double.isFinite(value)) {
                known.put(new Key(question.id(), cell.values()), new Baseline(cell.index(), value));
            }
        }
    }

    Optional<Baseline> find(Question question, Cell cell) {
        return Optional.ofNullable(known.get(new Key(question.id(), cell.with(question.baseline()))));
    }
}
