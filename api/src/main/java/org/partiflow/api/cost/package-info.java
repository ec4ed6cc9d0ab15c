/** Times and memory of stages and groups, and KV-cache transfer. */
@NullMarked
package org.partiflow.api.cost;

import org.jspecify.annotations.NullMarked;
