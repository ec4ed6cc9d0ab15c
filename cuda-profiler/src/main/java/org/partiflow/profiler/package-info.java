/** Measures GPUs with a CUDA program and reads what it reports. */
@NullMarked
package org.partiflow.profiler;

import org.jspecify.annotations.NullMarked;
