package org.partiflow.solvers.genetic;

/**
 * Settings of the genetic algorithm.
 *
 * @param population candidates kept from generation to generation
 * @param generations most generations
 * @param offspring mutants that each generation makes
 * @param tournament candidates that compete for a place
 * @param elite best candidates that are always kept
 * @param mergeProbability how often a change of the grouping merges two groups; otherwise it splits one
 */
record GeneticSettings(
        int population, int generations, int offspring, int tournament, int elite, double mergeProbability) {
    /** What HexGen's code uses: 100, 300, 10, 3, 3, 0.001. */
    static final GeneticSettings PUBLISHED = new GeneticSettings(100, 300, 10, 3, 3, 0.001);
}
