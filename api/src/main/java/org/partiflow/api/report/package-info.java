/** What a simulation measured. */
@NullMarked
package org.partiflow.api.report;

import org.jspecify.annotations.NullMarked;
