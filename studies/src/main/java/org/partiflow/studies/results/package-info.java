/** From a log of cells to effects, answers and tables, in one pass and constant memory. */
@NullMarked
package org.partiflow.studies.results;

import org.jspecify.annotations.NullMarked;
