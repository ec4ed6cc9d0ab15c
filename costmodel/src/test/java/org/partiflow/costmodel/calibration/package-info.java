@NullMarked
package org.partiflow.costmodel.calibration;

import org.jspecify.annotations.NullMarked;
