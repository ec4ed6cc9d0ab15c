/** Layer placement in the manner of Helix: annealing on the max flow over layers, with bounds and a proof for small clusters. */
@NullMarked
package org.partiflow.solvers.helix;

import org.jspecify.annotations.NullMarked;
