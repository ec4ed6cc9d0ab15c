/** Flow networks with integer capacities. */
@NullMarked
package org.partiflow.api.flow;

import org.jspecify.annotations.NullMarked;
