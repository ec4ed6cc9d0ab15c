/** Text of numbers and quantities, the same on every JVM and locale. */
@NullMarked
package org.partiflow.io.internal.text;

import org.jspecify.annotations.NullMarked;
