/** Max flow by JGraphT; the only package that imports it. */
@NullMarked
package org.partiflow.solvers.jgrapht;

import org.jspecify.annotations.NullMarked;
