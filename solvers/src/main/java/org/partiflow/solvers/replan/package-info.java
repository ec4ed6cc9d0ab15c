/** A new plan after GPUs, links or the workload have changed, with as little disruption as will do. */
@NullMarked
package org.partiflow.solvers.replan;

import org.jspecify.annotations.NullMarked;
