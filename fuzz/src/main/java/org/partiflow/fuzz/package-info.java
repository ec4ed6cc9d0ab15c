/** Fuzz targets: any bytes given to a reader end in a value or in the reader's own complaint, nothing else. */
@NullMarked
package org.partiflow.fuzz;

import org.jspecify.annotations.NullMarked;
