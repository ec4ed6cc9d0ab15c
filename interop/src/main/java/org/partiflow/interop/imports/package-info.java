/** Clusters from what other tools write. */
@NullMarked
package org.partiflow.interop.imports;

import org.jspecify.annotations.NullMarked;
