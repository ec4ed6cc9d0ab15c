/** Tests. */
@org.jspecify.annotations.NullMarked
package org.partiflow.studies.stats;
