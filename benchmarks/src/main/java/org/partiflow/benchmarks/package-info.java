/** JMH benchmarks. Never run by the build. */
@NullMarked
package org.partiflow.benchmarks;

import org.jspecify.annotations.NullMarked;
