/** The GPU graph and its partition into blocks. */
@NullMarked
package org.partiflow.api.graph;

import org.jspecify.annotations.NullMarked;
