/** The report of one plan and its simulation, as one HTML file. */
@NullMarked
package org.partiflow.studies.report;

import org.jspecify.annotations.NullMarked;
