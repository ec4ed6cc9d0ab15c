/** Max flow by OR-Tools; the only package here that imports it for flows. */
@NullMarked
package org.partiflow.solvers.ortools;

import org.jspecify.annotations.NullMarked;
