/** Plans and figures in words and round numbers, the same in every report and on the command line. */
@NullMarked
package org.partiflow.studies.words;

import org.jspecify.annotations.NullMarked;
