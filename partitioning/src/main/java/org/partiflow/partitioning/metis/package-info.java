/** Graphs in the text format of METIS. */
@NullMarked
package org.partiflow.partitioning.metis;

import org.jspecify.annotations.NullMarked;
