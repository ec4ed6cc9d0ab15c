/** What the commands share: reading inputs, planning and simulating under the user's control, writing files. */
@NullMarked
package org.partiflow.cli.run;

import org.jspecify.annotations.NullMarked;
