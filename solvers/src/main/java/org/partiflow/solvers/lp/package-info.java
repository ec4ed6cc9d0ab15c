/** A small exact-enough linear programming solver for packing problems, warm-started for column generation. */
@NullMarked
package org.partiflow.solvers.lp;

import org.jspecify.annotations.NullMarked;
