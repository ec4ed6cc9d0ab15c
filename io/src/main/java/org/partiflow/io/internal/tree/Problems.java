package org.partiflow.io.internal.tree;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one file, in the order found. One reading thread only. */
public final class Problems {
    /** A file with more problems than this is most likely no file of ours; the rest is counted, not listed. */
    private static final int MAX_LISTED = 100;

    private final String file;
    private final List<Problem> listed = new ArrayList<>();
    private int count;

    /** Starts without problems. */
    public Problems(String file) {
        this.file = file;
    }

    /** The file, as the user named it. */
    public String file() {
        return file;
    }

    /** Adds a problem of this file. */
    public void add(String path, String message) {
        add(new Problem(file, path, message));
    }

    /** Adds a problem that may be of another file, which this one names. */
    public void add(Problem problem) {
        count++;
        if (count <= MAX_LISTED) {
            listed.add(problem);
        }
    }

    /** Whether further problems are only counted. */
    boolean isFull() {
        return count >= MAX_LISTED;
    }

    /** Number of problems so far. */
    public int count() {
        return count;
    }

    /** All problems; a last entry tells how many were left out. */
    public List<Problem> all() {
        List<Problem> all = new ArrayList<>(listed);
        if (count > MAX_LISTED) {
            all.add(new Problem(file, "", "and " + (count - MAX_LISTED) + " more problems; repair those above first"));
        }
        return all;
    }
}
