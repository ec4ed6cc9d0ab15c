package org.partiflow.costmodel.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fits profiles to measured tables. Immutable, deterministic and thread-safe. */
public final class Calibrator {
    private static final double START_WEIGHT = 4;
    private static final double RELATIVE_WEIGHT = 3;

    private final RowReader reader;
    private final CostProfile prior;

    /**
     * A calibrator.
     *
     * @param hardware looks up GPUs and models
     * @param prior where fits start: relatives' constants for GPUs never seen
     */
    public Calibrator(Hardware hardware, CostProfile prior) {
        this.reader = new RowReader(hardware);
        this.prior = prior;
    }

    /**
     * Fits a profile to a table with measured columns.
     *
     * @param licence licence of the data; may be empty
     * @throws IllegalArgumentException if a column is missing, a value is not a number or negative, a GPU is unknown, or
     *     a kernel class has fewer rows than parameters
     */
    public CostProfile fit(BatchKind kind, MeasuredTable table, String licence) {
        table.require(kind.columns());
        Map<FitKey, List<Sample>> samples = new LinkedHashMap<>();
        Map<FitKey, KernelTerm> examples = new LinkedHashMap<>();
        for (MeasuredRow row : table.rows()) {
            List<List<KernelTerm>> outputs = reader.terms(kind, row);
            for (int i = 0; i < outputs.size(); i++) {
                double unit = kind.outputs().get(i).unitSeconds();
                for (KernelTerm term : outputs.get(i)) {
                    table.require(List.of(term.measured()));
                    examples.putIfAbsent(term.key(), term);
                    double seconds = row.nonNegative(term.measured()) * unit;
                    List<Sample> known = samples.computeIfAbsent(term.key(), missing -> new ArrayList<>());
                    if (seconds > 0) {
                        known.add(new Sample(term.row(), seconds));
                    }
                }
            }
        }
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(table.name() + ": no rows to fit");
        }
        TreeMap<FitKey, ProfileFit> fits = new TreeMap<>();
        examples.forEach((key, term) -> fits.put(key, fit(table, term, samples.getOrDefault(key, List.of()), licence)));
        return new CostProfile(fits);
    }

    private ProfileFit fit(MeasuredTable table, KernelTerm term, List<Sample> samples, String licence) {
        KernelLaw law = term.law();
        int needed = law.start().length;
        if (samples.size() < needed) {
            throw new IllegalArgumentException(table.name() + ": " + term.key() + " has " + samples.size()
                    + " measured rows above 0, its law '" + law.name() + "' " + needed + " parameters; measure more");
        }
        FittedLaw from = prior.law(term);
        double weight = prior.source(term).isPresent() ? RELATIVE_WEIGHT : START_WEIGHT;
        double[] parameters = new RobustFit(law, term.chip(), samples, weight).parameters(from.parameters());
        FittedLaw bare = new FittedLaw(law, term.chip(), parameters, from.corrections());
        double[] corrections = CorrectionFit.coefficients(bare, samples);
        FittedLaw fitted = new FittedLaw(law, term.chip(), parameters, corrections);
        return new ProfileFit(
                law.name(),
                term.chip().family(),
                parameters,
                corrections,
                table.fileName(),
                licence,
                samples.size(),
                RegimeError.of(fitted, samples));
    }
}
