/** HuggingFace model configurations. */
@NullMarked
package org.partiflow.io.internal.model;

import org.jspecify.annotations.NullMarked;
