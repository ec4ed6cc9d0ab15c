/** What extenders implement, found by ServiceLoader under stable names. */
@NullMarked
package org.partiflow.api.spi;

import org.jspecify.annotations.NullMarked;
