/** GPU graph partitioners: spectral with Kernighan-Lin refinement, greedy growth, and random as the floor. */
@NullMarked
package org.partiflow.partitioning;

import org.jspecify.annotations.NullMarked;
