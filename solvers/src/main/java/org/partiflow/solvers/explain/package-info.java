/** Explains plans by solving again: other hardware, other methods, other strategies. */
@NullMarked
package org.partiflow.solvers.explain;

import org.jspecify.annotations.NullMarked;
