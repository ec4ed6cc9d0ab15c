package org.partiflow.costmodel.calibration;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fitted constants per kernel class, GPU and variant, each with where it comes from. Immutable and thread-safe.
 *
 * @param fits the fits, in the order of their keys
 */
public record CostProfile(NavigableMap<FitKey, ProfileFit> fits) {
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

    /** The fit of a kernel, or the nearest relative's on this GPU, or the law's start. */
    FittedLaw law(KernelTerm term) {
        return nearest(term)
                .filter(entry -> entry.getValue().suits(term.law()))
                .map(entry -> new FittedLaw(
                        term.law(),
                        term.chip(),
                        entry.getValue().parameters(),
                        entry.getValue().corrections()))
                .orElseGet(() -> FittedLaw.start(term.law(), term.chip()));
    }

    /** Key of the fit that predicts a kernel; empty if the law starts from the datasheet alone. */
    Optional<FitKey> source(KernelTerm term) {
        return nearest(term).map(Map.Entry::getKey);
    }

    private Optional<Map.Entry<FitKey, ProfileFit>> nearest(KernelTerm term) {
        FitKey wanted = term.key();
        ProfileFit exact = fits.get(wanted);
        if (exact != null) {
            return Optional.of(Map.entry(wanted, exact));
        }
        return fits.entrySet().stream()
                .filter(entry -> entry.getKey().kernel().equals(wanted.kernel()))
                .min(Comparator.comparingInt(entry -> distance(entry.getKey(), entry.getValue(), term)));
    }

    private static int distance(FitKey key, ProfileFit fit, KernelTerm term) {
        FitKey wanted = term.key();
        int gpu =
                key.gpu().equals(wanted.gpu()) ? 0 : fit.family() == term.chip().family() ? 20 : 40;
        int variant = key.variant().equals(wanted.variant()) ? 0 : 100;
        String stem = stem(key.variant());
        String wantedStem = stem(wanted.variant());
        if (variant > 0 && stem.equals(wantedStem)) {
            variant = 5;
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
