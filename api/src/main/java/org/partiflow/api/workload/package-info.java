/** Requests, their lengths and arrivals, and the service-level objectives. */
@NullMarked
package org.partiflow.api.workload;

import org.jspecify.annotations.NullMarked;
