/** Quantities with units. */
@NullMarked
package org.partiflow.api.unit;

import org.jspecify.annotations.NullMarked;
