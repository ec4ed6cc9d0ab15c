/** From groups to flow: KV routes, shared links, and the allocation that maximises throughput. */
@NullMarked
package org.partiflow.solvers.network;

import org.jspecify.annotations.NullMarked;
