package org.partiflow.studies.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A contiguous part of a study's cells, as even as possible.
 *
 * @param number which part, from 1
 * @param of how many parts there are
 */
public record Shard(int number, int of) {
    /** All cells. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    /** Rejects a number outside 1 to {@code of}. */
    public Shard {
        if (number < 1 || number > of) {
            throw new IllegalArgumentException("shard " + number + " of " + of + " does not exist; count from 1");
        }
    }

    /**
     * Reads {@code i/n}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Shard parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no shard; write for example 3/16");
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** First cell of so many. */
    public long from(long cells) {
        return bound(number - 1, cells);
    }

    /** One past the last cell of so many. */
    public long to(long cells) {
        return bound(number, cells);
    }

    private long bound(int parts, long cells) {
        return cells / of * parts + cells % of * parts / of;
    }
}
