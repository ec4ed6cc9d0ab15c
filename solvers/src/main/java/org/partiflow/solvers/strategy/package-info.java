/** The best tensor and pipeline parallelism of a serving group in each phase. */
@NullMarked
package org.partiflow.solvers.strategy;

import org.jspecify.annotations.NullMarked;
