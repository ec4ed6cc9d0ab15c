/** What one cell of a study computes: a pure function of its coordinates. */
@NullMarked
package org.partiflow.studies.cell;

import org.jspecify.annotations.NullMarked;
