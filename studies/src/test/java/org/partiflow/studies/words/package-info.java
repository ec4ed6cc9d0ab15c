@NullMarked
package org.partiflow.studies.words;

import org.jspecify.annotations.NullMarked;
