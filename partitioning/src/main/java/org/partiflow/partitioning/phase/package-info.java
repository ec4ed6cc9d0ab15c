/** The secondary partition: which groups prefill and which decode. */
@NullMarked
package org.partiflow.partitioning.phase;

import org.jspecify.annotations.NullMarked;
