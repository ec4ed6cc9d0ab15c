package org.partiflow.costmodel.calibration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Predicts every row of a table from its shape columns alone. Immutable and thread-safe. */
public final class BatchPredictor {
    private final RowReader reader;
    private final CostProfile profile;

    /** A predictor with a profile. */
    public BatchPredictor(Hardware hardware, CostProfile profile) {
        this.reader = new RowReader(hardware);
        this.profile = profile;
    }

    /**
     * The table's lines, in order, with the kind's predicted columns appended. Measured columns are not looked at.
     *
     * @throws IllegalArgumentException if a column is missing, a value does not fit, or a GPU or model is unknown
     */
    public List<String> appended(BatchKind kind, MeasuredTable table) {
        table.require(kind.columns());
        List<String> lines = new ArrayList<>();
        StringBuilder header = new StringBuilder(String.join(",", table.header()));
        kind.outputs().forEach(output -> header.append(',').append(output.column()));
        lines.add(header.toString());
        Map<FitKey, FittedLaw> laws = new HashMap<>();
        List<MeasuredRow> rows = table.rows();
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder line = new StringBuilder(table.lines().get(i));
            List<List<KernelTerm>> outputs = reader.terms(kind, rows.get(i));
            for (int j = 0; j < outputs.size(); j++) {
                double seconds = 0;
                for (KernelTerm term : outputs.get(j)) {
                    seconds += laws.computeIfAbsent(term.key(), key -> profile.law(term))
                            .seconds(term.row());
                }
                double value = seconds / kind.outputs().get(j).unitSeconds();
                line.append(',').append(outputs.get(j).isEmpty() ? "" : String.format(Locale.ROOT, "%.6g", value));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
