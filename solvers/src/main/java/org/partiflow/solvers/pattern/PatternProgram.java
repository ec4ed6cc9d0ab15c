package org.partiflow.solvers.pattern;

import java.util.List;

/**
 * What a linear program over the patterns of one model is made of. Immutable.
 *
 * @param space the patterns
 * @param links what caches may cross
 * @param columns patterns in phases
 */
record PatternProgram(PatternSpace space, ClassLinks links, List<PatternColumns.Column> columns) {}
