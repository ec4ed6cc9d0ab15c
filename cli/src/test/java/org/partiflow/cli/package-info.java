@NullMarked
package org.partiflow.cli;

import org.jspecify.annotations.NullMarked;
