/** Several models that share a cluster, and the plan for all of them. */
@NullMarked
package org.partiflow.api.joint;

import org.jspecify.annotations.NullMarked;
