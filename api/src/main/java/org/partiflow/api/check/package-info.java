/** Solver-independent checkers of everything that crosses a border. */
@NullMarked
package org.partiflow.api.check;

import org.jspecify.annotations.NullMarked;
