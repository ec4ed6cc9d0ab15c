package org.partiflow.costmodel.calibration;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Fitted constants per kernel class, GPU and variant, each with where it comes from. Immutable and thread-safe.
 *
 * @param fits the fits, in the order of their keys
 */
public record CostProfile(NavigableMap<FitKey, ProfileFit> fits) {
    private static final String NARROW = "fp8";
    private static final String WIDE = "bf16";

    /** Formats of a byte, whose products are alike. */
    private static final Set<String> BYTES = Set.of(NARROW, "int8");

    /** Copies the map. */
    public CostProfile {
        fits = java.util.Collections.unmodifiableNavigableMap(new TreeMap<>(fits));
    }

    /** A profile without fits: laws start from the datasheet alone. */
    public static CostProfile empty() {
        return new CostProfile(new TreeMap<>());
    }

    /** The built-in profile, fitted to public measurements. */
    public static CostProfile builtIn() {
        return Holder.BUILT_IN;
    }

    /** This profile with another's fits, which replace those of the same key. */
    public CostProfile with(CostProfile other) {
        TreeMap<FitKey, ProfileFit> all = new TreeMap<>(fits);
        all.putAll(other.fits);
        return new CostProfile(all);
    }

    /** One line for each fit of a GPU: kernel, rows, range of the first shape value, and error on the rows fitted. */
    public List<String> validity(String gpu) {
        return fits.entrySet().stream()
                .filter(entry -> entry.getKey().gpu().equals(gpu))
                .map(entry -> validity(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String validity(FitKey key, ProfileFit fit) {
        String what = key.kernel() + (key.variant().isEmpty() ? "" : " " + key.variant());
        List<RegimeError> errors = fit.errors();
        String first = errors.isEmpty() ? "?" : errors.get(0).regime();
        String last = errors.isEmpty() ? "?" : errors.get(errors.size() - 1).regime();
        double median = errors.stream().mapToDouble(RegimeError::median).max().orElse(Double.NaN);
        return String.format(
                Locale.ROOT,
                "%s: %s..%s, median error at most %.0f %% in each range, %d rows of %s",
                what,
                first.split("\\.\\.")[0],
                last.substring(last.lastIndexOf('.') + 1),
                100 * median,
                fit.rows(),
                fit.source());
    }

    /** The fit of a kernel, or the nearest relative's on this GPU, or the law's start. */
    FittedLaw law(KernelTerm term) {
        return relatives(term)
                .findFirst()
                .map(entry -> on(entry, term))
                .orElseGet(() -> FittedLaw.start(term.law(), term.chip()));
    }

    /** The nearest fits of a kernel's class on its GPU, at most {@code most}, the nearest first. */
    List<FittedLaw> relatives(KernelTerm term, int most) {
        return relatives(term).limit(most).map(entry -> on(entry, term)).toList();
    }

    /** Key of the fit that predicts a kernel; empty if the law starts from the datasheet alone. */
    Optional<FitKey> source(KernelTerm term) {
        return relatives(term).findFirst().map(Map.Entry::getKey);
    }

    private FittedLaw on(Map.Entry<FitKey, ProfileFit> entry, KernelTerm term) {
        FitKey relative = entry.getKey();
        FittedLaw law = entry.getValue().on(term.law(), term.chip(), relative.equals(term.key()));
        double[] moved = term.chip().moved(term.law(), law.parameters(), relative.gpu());
        return law.withParameters(
                narrow(relative, term).map(shift -> shift.on(law.parameters())).orElse(moved));
    }

    /**
     * What tells two GPUs' fp8 products apart, from their 16-bit products: what holds clocks or memory back holds both
     * back. Empty unless an fp8 fit of another GPU stands in, and both have 16-bit fits of their own or of different
     * relatives.
     */
    private Optional<FormatShift> narrow(FitKey relative, KernelTerm term) {
        if (!term.key().variant().equals(NARROW)
                || !relative.variant().equals(NARROW)
                || relative.gpu().equals(term.key().gpu())) {
            return Optional.empty();
        }
        FitKey wide = new FitKey(relative.kernel(), relative.gpu(), WIDE);
        FitKey own = new FitKey(relative.kernel(), term.key().gpu(), WIDE);
        KernelTerm wideTerm = new KernelTerm(own, term.law(), term.chip(), term.row(), term.measured());
        Optional<ProfileFit> there = Optional.ofNullable(fits.get(wide)).filter(fit -> fit.suits(term.law()));
        Optional<FitKey> here = source(wideTerm).filter(key -> key.variant().equals(WIDE) && !key.equals(wide));
        return there.flatMap(fit -> here.map(key ->
                FormatShift.between(term.law(), fit.parameters(), law(wideTerm).parameters())));
    }

    private Stream<Map.Entry<FitKey, ProfileFit>> relatives(KernelTerm term) {
        return fits.entrySet().stream()
                .filter(entry -> entry.getKey().kernel().equals(term.key().kernel()))
                .filter(entry -> entry.getValue().suits(term.law()))
                .filter(entry -> term.law().linkRates().length == 0
                        || Chip.sameKindOfLinks(entry.getKey().gpu(), term.key().gpu()))
                .sorted(Comparator.comparingInt(entry -> distance(entry.getKey(), entry.getValue(), term)));
    }

    private static int distance(FitKey key, ProfileFit fit, KernelTerm term) {
        FitKey wanted = term.key();
        if (key.equals(wanted)) {
            return -1;
        }
        int gpu = key.gpu().equals(wanted.gpu())
                ? 0
                : 10 * fit.family().distance(term.chip().family());
        int variant = key.variant().equals(wanted.variant()) ? 0 : 100;
        String stem = stem(key.variant());
        String wantedStem = stem(wanted.variant());
        if (variant > 0 && stem.equals(wantedStem)) {
            variant = 5;
        } else if (variant > 0 && Set.of(key.variant(), wanted.variant()).equals(BYTES)) {
            variant = 8;
        } else if (variant > 0 && stem.split("/", -1)[0].equals(wantedStem.split("/", -1)[0])) {
            variant = 10;
        }
        return 4 * (gpu + variant) + counts(key.variant(), wanted.variant());
    }

    /** Doublings between the numbers of GPUs at the end of two variants, 3 at most; 0 if they have none. */
    private static int counts(String one, String other) {
        if (!one.matches(".*/[1-9][0-9]{0,4}") || !other.matches(".*/[1-9][0-9]{0,4}")) {
            return 0;
        }
        double first = Double.parseDouble(one.substring(one.lastIndexOf('/') + 1));
        double second = Double.parseDouble(other.substring(other.lastIndexOf('/') + 1));
        return (int) Math.min(3, Math.abs(Math.round(KernelLaw.log2(first / second))));
    }

    /** Without versions: {@code all_reduce/nccl-2.27.3} and {@code all_reduce/nccl-2.29.2} are relatives. */
    private static String stem(String variant) {
        return variant.replaceFirst("(-[0-9].*|/[0-9]+)$", "");
    }

    private static final class Holder {
        static final CostProfile BUILT_IN = ProfileJson.builtIn();
    }
}
