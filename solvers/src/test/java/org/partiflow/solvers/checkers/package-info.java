/** The public checkers, rule by rule: what the mutation score of {@code scripts/mutation} is measured with. */
@NullMarked
package org.partiflow.solvers.checkers;

import org.jspecify.annotations.NullMarked;
