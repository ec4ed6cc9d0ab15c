/** Max flow as a linear program by ojAlgo; the only package here that imports it for flows. */
@NullMarked
package org.partiflow.solvers.ojalgo;

import org.jspecify.annotations.NullMarked;
