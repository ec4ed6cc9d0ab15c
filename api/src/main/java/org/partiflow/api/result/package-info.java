/** Outcomes of planning: found, infeasible, and why it ended. */
@NullMarked
package org.partiflow.api.result;

import org.jspecify.annotations.NullMarked;
