@NullMarked
package org.partiflow;

import org.jspecify.annotations.NullMarked;
