/** Plans as what engines and orchestrators read. */
@NullMarked
package org.partiflow.interop.exports;

import org.jspecify.annotations.NullMarked;
