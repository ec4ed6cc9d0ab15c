/** Times of serving groups from calibrated roofline laws, and the catalogue of KV transfer protocols. */
@NullMarked
package org.partiflow.costmodel;

import org.jspecify.annotations.NullMarked;
