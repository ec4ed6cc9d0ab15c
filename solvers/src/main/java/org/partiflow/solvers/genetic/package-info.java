/** HexGen's genetic algorithm, for colocated and for disaggregated plans. */
@NullMarked
package org.partiflow.solvers.genetic;

import org.jspecify.annotations.NullMarked;
