/** The planning problem: what is to be planned. */
@NullMarked
package org.partiflow.api;

import org.jspecify.annotations.NullMarked;
