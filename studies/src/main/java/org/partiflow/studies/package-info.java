/** Reports for people: what a plan is, how good it is, and how it behaves when it is simulated. */
@NullMarked
package org.partiflow.studies;

import org.jspecify.annotations.NullMarked;
