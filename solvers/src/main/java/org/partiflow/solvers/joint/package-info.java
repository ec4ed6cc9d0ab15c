/** Plans for several models that share a cluster. */
@NullMarked
package org.partiflow.solvers.joint;

import org.jspecify.annotations.NullMarked;
