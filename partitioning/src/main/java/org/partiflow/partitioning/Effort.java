package org.partiflow.partitioning;

import org.jspecify.annotations.Nullable;

/**
 * What one {@link MultilevelSearch} does.
 *
 * @param starts runs from nothing
 * @param bisections runs that start by recursive multilevel bisection
 * @param cycles recombinations of two of the results
 * @param annealing effort of annealing at last, relative to {@link MultilevelPreset#DEFAULT}
 * @param coarseAnnealed levels up to this size are annealed in a run from nothing
 * @param passes most passes of global local search by level
 * @param localRounds most rounds of localised search by level
 * @param flows whether sparse levels are refined by minimum cuts
 * @param deep whether every second run from nothing coarsens on until clusters of nodes, such as zones, are single
 * @param nested what is done on the level of {@link #MIDDLE} vertices of each run; null if runs go straight down
 */
record Effort(
        int starts,
        int bisections,
        int cycles,
        double annealing,
        int coarseAnnealed,
        int passes,
        int localRounds,
        boolean flows,
        boolean deep,
        @Nullable Effort nested) {
    /** Size of the level that nested searches work on. */
    static final int MIDDLE = 1500;
    /** What splits a graph in two. */
    static final Effort BISECTION = new Effort(2, 0, 1, 0, 1, 3, 3, true, false, null);

    private static final int FEW_BLOCKS = 16;
    /** From this size on, graphs with node groups leave time for twice the effort. */
    private static final int LARGE = 512;

    private static final int BISECTIONS = 4;
    private static final int MOST_EXACT = 40;
    private static final int SPARSE_DEGREE = 40;
    private static final double UNGROUPED = 0.7;

    /** What finds clusters of whole domains for another search: less with many blocks, where a run takes longer. */
    static Effort ofClusters(int blocks) {
        int runs = blocks <= FEW_BLOCKS ? 6 : 2;
        return new Effort(runs, 0, runs / 2, 0, MOST_EXACT, 3, 2, true, true, null);
    }

    /** The effort of a preset on a graph. */
    static Effort of(MultilevelPreset preset, Level finest, int blocks) {
        boolean grouped = finest.members.length <= UNGROUPED * finest.size;
        if (preset == MultilevelPreset.FAST) {
            Effort whole = new Effort(2, 0, 0, 0, MOST_EXACT, 2, 0, false, grouped, null);
            return grouped && finest.size >= 2 * MIDDLE ? new Effort(1, 0, 0, 0, 1, 2, 0, false, false, whole) : whole;
        }
        boolean sparse = finest.neighbour.length <= (long) SPARSE_DEGREE * finest.size;
        int more = grouped && finest.size >= LARGE && blocks <= FEW_BLOCKS ? 2 : 1;
        Effort whole = new Effort(
                more * preset.starts(),
                0,
                more * preset.cycles(),
                more * preset.annealing(),
                MIDDLE,
                5,
                5,
                true,
                grouped,
                null);
        if (finest.size < 2 * MIDDLE || !(grouped || sparse)) {
            return whole;
        }
        int factor = Math.max(1, preset.annealing());
        if (grouped) {
            int starts = blocks <= FEW_BLOCKS ? 2 * preset.starts() : preset.starts();
            Effort nodes = new Effort(starts, 0, preset.cycles(), factor / 2.0, MIDDLE, 5, 5, true, true, null);
            return new Effort(1, 0, factor, 0, 1, 5, 5, true, false, nodes);
        }
        int doublings = 31 - Integer.numberOfLeadingZeros(blocks);
        Effort nested = new Effort(4, 2, 8 * factor, 0, 1, 5, 5, true, false, null);
        return new Effort(
                2 * factor,
                blocks >= FEW_BLOCKS ? BISECTIONS * factor : 0,
                factor * Math.min(12, 1 + 3 * doublings),
                0,
                1,
                5,
                5,
                true,
                false,
                nested);
    }
}
