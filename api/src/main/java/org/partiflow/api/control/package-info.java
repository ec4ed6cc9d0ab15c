/** Limits, cancellation and progress. */
@NullMarked
package org.partiflow.api.control;

import org.jspecify.annotations.NullMarked;
