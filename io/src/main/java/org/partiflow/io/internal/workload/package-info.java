/** The workload format and recorded traces. */
@NullMarked
package org.partiflow.io.internal.workload;

import org.jspecify.annotations.NullMarked;
