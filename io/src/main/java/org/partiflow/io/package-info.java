/**
 * Reads and writes the versioned files: clusters, models, workloads, plans and reports; and the built-in catalogue.
 *
 * <p>Readers report all problems of a file at once, as data or as one exception. Nothing here prints.
 */
@NullMarked
package org.partiflow.io;

import org.jspecify.annotations.NullMarked;
