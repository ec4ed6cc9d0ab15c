/** GPUs, machines and links. */
@NullMarked
package org.partiflow.api.cluster;

import org.jspecify.annotations.NullMarked;
