/** The shortest way to a plan. */
@NullMarked
package org.partiflow;

import org.jspecify.annotations.NullMarked;
