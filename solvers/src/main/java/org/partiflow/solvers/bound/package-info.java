/** Upper bounds on what any plan can reach. */
@NullMarked
package org.partiflow.solvers.bound;

import org.jspecify.annotations.NullMarked;
