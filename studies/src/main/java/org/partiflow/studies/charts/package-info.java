/** Charts as SVG. */
@NullMarked
package org.partiflow.studies.charts;

import org.jspecify.annotations.NullMarked;
