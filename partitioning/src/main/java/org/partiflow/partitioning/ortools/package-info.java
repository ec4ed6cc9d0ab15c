/** Partitioning through OR-Tools; the only package here that needs its native library. */
@NullMarked
package org.partiflow.partitioning.ortools;

import org.jspecify.annotations.NullMarked;
