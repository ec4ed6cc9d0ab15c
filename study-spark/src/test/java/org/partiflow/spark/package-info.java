/** Tests. */
@org.jspecify.annotations.NullMarked
package org.partiflow.spark;
