/** What a study is: axes, cells, metrics and questions, and the reader of {@code study/1}. */
@NullMarked
package org.partiflow.studies.study;

import org.jspecify.annotations.NullMarked;
