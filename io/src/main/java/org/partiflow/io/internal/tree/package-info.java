/** YAML and JSON text to a checked tree, with all problems collected. */
@NullMarked
package org.partiflow.io.internal.tree;

import org.jspecify.annotations.NullMarked;
