/** The plan and report formats. */
@NullMarked
package org.partiflow.io.internal.plan;

import org.jspecify.annotations.NullMarked;
