/** Transformers as the planner sees them. */
@NullMarked
package org.partiflow.api.model;

import org.jspecify.annotations.NullMarked;
