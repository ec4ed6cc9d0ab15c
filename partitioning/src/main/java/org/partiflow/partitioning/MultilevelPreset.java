package org.partiflow.partitioning;

/** How much effort {@link MultilevelPartitioner} spends; deterministic, never by the clock. */
public enum MultilevelPreset {
    /** Two starts, little refinement: milliseconds. */
    FAST(2, 0, 0),
    /** Several starts, recombination, annealing: seconds at 1,024 GPUs with measured links. */
    DEFAULT(4, 8, 1),
    /** As DEFAULT with several times the effort. */
    QUALITY(10, 40, 5);

    private final int starts;
    private final int cycles;
    private final int annealing;

    MultilevelPreset(int starts, int cycles, int annealing) {
        this.starts = starts;
        this.cycles = cycles;
        this.annealing = annealing;
    }

    /** Independent multilevel runs. */
    public int starts() {
        return starts;
    }

    /** V-cycles that recombine the results of the starts. */
    public int cycles() {
        return cycles;
    }

    /** Effort of annealing, relative to DEFAULT. */
    public int annealing() {
        return annealing;
    }
}
