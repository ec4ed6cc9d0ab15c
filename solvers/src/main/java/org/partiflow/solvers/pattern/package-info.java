/** Groups of large clusters as patterns over node classes: which are allowed, how fast they are, and how they pack. */
@NullMarked
package org.partiflow.solvers.pattern;

import org.jspecify.annotations.NullMarked;
