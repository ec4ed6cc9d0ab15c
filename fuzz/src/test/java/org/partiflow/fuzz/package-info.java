@NullMarked
package org.partiflow.fuzz;

import org.jspecify.annotations.NullMarked;
