/** Two plans side by side: what differs, and what it changes when both are simulated. */
@NullMarked
package org.partiflow.studies.compare;

import org.jspecify.annotations.NullMarked;
