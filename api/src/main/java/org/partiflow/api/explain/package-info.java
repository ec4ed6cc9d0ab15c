/** Why a plan is as it is: what limits it, what would change it, what was not chosen. */
@NullMarked
package org.partiflow.api.explain;

import org.jspecify.annotations.NullMarked;
