/** Runs the cells of a study in parallel, resumes, shards and merges. */
@NullMarked
package org.partiflow.studies.run;

import org.jspecify.annotations.NullMarked;
