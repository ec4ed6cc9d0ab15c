/** Studies on Apache Spark. */
@NullMarked
package org.partiflow.spark;

import org.jspecify.annotations.NullMarked;
