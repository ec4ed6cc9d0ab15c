/** A partitioner of one's own. */
@NullMarked
package com.example;

import org.jspecify.annotations.NullMarked;
