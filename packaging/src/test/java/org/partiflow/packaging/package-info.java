@NullMarked
package org.partiflow.packaging;

import org.jspecify.annotations.NullMarked;
