/** Reads clusters with layer times in the form of Helix's published instances. */
@NullMarked
package org.partiflow.io.internal.layers;

import org.jspecify.annotations.NullMarked;
