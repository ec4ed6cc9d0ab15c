/** Layer placement: which machine holds which consecutive layers of a model, and what then flows through them. */
@NullMarked
package org.partiflow.api.layers;

import org.jspecify.annotations.NullMarked;
