/** A small tree of HTML and SVG elements that escapes what it is given. */
@NullMarked
package org.partiflow.studies.markup;

import org.jspecify.annotations.NullMarked;
