@NullMarked
package org.partiflow.studies.report;

import org.jspecify.annotations.NullMarked;
