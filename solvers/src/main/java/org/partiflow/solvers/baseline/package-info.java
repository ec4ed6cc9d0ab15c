/** Baselines that deploy alike replicas, as on identical GPUs: DistServe and vLLM. */
@NullMarked
package org.partiflow.solvers.baseline;

import org.jspecify.annotations.NullMarked;
