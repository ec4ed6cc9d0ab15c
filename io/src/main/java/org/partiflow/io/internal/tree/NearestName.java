package org.partiflow.io.internal.tree;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that was probably meant, by Damerau-Levenshtein distance (optimal string alignment), ignoring case.
 * Ties go to the first candidate. Stateless and thread-safe.
 */
public final class NearestName {
    /** Longer texts are no typing errors, and the distance costs the product of the lengths. */
    private static final int MAX_LENGTH = 100;

    private NearestName() {}

    /** The candidate nearest to {@code name}, however far. */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(name, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The candidate nearest to {@code name}, if near enough to be a typing error. */
    public static Optional<String> near(String name, Collection<String> candidates) {
        return nearest(name, candidates).filter(c -> distance(name, c) <= Math.max(1, (name.length() + 1) / 3));
    }

    /** " (did you mean 'x'?)" where a near candidate exists, else the empty text. */
    public static String suggestion(String name, Collection<String> candidates) {
        return near(name, candidates).map(c -> " (did you mean '" + c + "'?)").orElse("");
    }

    /** Edits that turn one name into the other: insert, delete, replace, swap neighbours. */
    static int distance(String left, String right) {
        String a = shorten(left);
        String b = shorten(right);
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] spare = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = spare;
        }
        return previous[b.length()];
    }

    private static String shorten(String name) {
        return (name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name).toLowerCase(Locale.ROOT);
    }
}
