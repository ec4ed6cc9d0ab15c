/** The placement solver: start, refinement, and the finished plan. */
@NullMarked
package org.partiflow.solvers.placement;

import org.jspecify.annotations.NullMarked;
