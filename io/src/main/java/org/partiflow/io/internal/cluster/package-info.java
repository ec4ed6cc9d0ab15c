/** The cluster format. */
@NullMarked
package org.partiflow.io.internal.cluster;

import org.jspecify.annotations.NullMarked;
