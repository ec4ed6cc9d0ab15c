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
    private static final int MOST_RELATIVES = 3;

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
        FittedLaw fitted = samples.size() < CorrectionFit.ROWS_FOR_PAIRS && law.fieldScales().length > 0
                ? shortFit(term, samples)
                : longFit(term, samples);
        return new ProfileFit(
                law.name(),
                term.chip().family(),
                fitted.parameters(),
                fitted.corrections(),
                fitted.field(),
                table.fileName(),
                licence,
                samples.size(),
                RegimeError.of(fitted, samples));
    }

    private FittedLaw longFit(KernelTerm term, List<Sample> samples) {
        FittedLaw from = prior.law(term);
        double weight = prior.source(term).isPresent() ? RELATIVE_WEIGHT : START_WEIGHT;
        double[] parameters = new RobustFit(term.law(), term.chip(), samples, weight)
                .best(term.law().starts(from.parameters()));
        FittedLaw bare = from.withParameters(parameters).withField(ResidualField.NONE);
        FittedLaw table = bare.withCorrections(
                term.law().isTableOfSizes()
                        ? SizeTable.coefficients(bare, samples)
                        : CorrectionFit.coefficients(bare, samples));
        return term.law().fieldBesideTable() ? table.withField(ResidualField.of(table, samples)) : table;
    }

    /**
     * Of several starts, each as it is and with all its shares moved to the samples, the one that comes nearest; then the
     * field of what is left.
     */
    private FittedLaw shortFit(KernelTerm term, List<Sample> samples) {
        FittedLaw best = prior.law(term);
        double least = Double.POSITIVE_INFINITY;
        for (FittedLaw start : shortStarts(term)) {
            for (FittedLaw from : List.of(start, CommonShift.of(start, samples))) {
                FittedLaw moved = moved(from, samples);
                double error = meanError(moved, samples);
                if (error < least) {
                    best = moved;
                    least = error;
                }
            }
        }
        return best.withField(ResidualField.of(best, samples));
    }

    /** The nearest relatives, with and without their tables, and the law's own starts. */
    private List<FittedLaw> shortStarts(KernelTerm term) {
        List<FittedLaw> starts = new ArrayList<>();
        for (FittedLaw relative : prior.relatives(term, MOST_RELATIVES)) {
            FittedLaw near = relative.withField(ResidualField.NONE);
            starts.add(near);
            if (near.corrections().length > 0) {
                starts.add(near.withCorrections(new double[near.corrections().length]));
            }
        }
        FittedLaw own = FittedLaw.start(term.law(), term.chip());
        term.law().starts(own.parameters()).forEach(start -> starts.add(own.withParameters(start)));
        return starts;
    }

    private static FittedLaw moved(FittedLaw from, List<Sample> samples) {
        List<Sample> uncorrected = samples.stream()
                .map(sample -> new Sample(sample.row(), sample.seconds() / from.correction(sample.row())))
                .toList();
        return from.withParameters(
                new RobustFit(from.law(), from.chip(), uncorrected, RELATIVE_WEIGHT).parameters(from.parameters()));
    }

    private static double meanError(FittedLaw law, List<Sample> samples) {
        double sum = 0;
        for (Sample sample : samples) {
            sum += Math.abs(Math.log(law.seconds(sample.row()) / sample.seconds()));
        }
        return sum / samples.size();
    }
}
