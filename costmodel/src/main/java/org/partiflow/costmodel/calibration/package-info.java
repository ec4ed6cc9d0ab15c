/** Fitted laws per kernel class: robust least squares, profiles with provenance, predictions of measured tables. */
@NullMarked
package org.partiflow.costmodel.calibration;

import org.jspecify.annotations.NullMarked;
