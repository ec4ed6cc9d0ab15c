/** Plans and simulations as text for a terminal: ASCII, aligned, the same in every locale. */
@NullMarked
package org.partiflow.cli.text;

import org.jspecify.annotations.NullMarked;
