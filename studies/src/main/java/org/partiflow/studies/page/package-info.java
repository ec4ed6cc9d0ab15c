/** The HTML report of a study. */
@NullMarked
package org.partiflow.studies.page;

import org.jspecify.annotations.NullMarked;
