/** The serving plan: groups, stages, routes and the certificate. */
@NullMarked
package org.partiflow.api.plan;

import org.jspecify.annotations.NullMarked;
