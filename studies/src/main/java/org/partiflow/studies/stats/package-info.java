/** Means, intervals and paired tests. */
@NullMarked
package org.partiflow.studies.stats;

import org.jspecify.annotations.NullMarked;
