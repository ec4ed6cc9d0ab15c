/** Contract tests, generators and fixtures for implementers. */
@NullMarked
package org.partiflow.testkit;

import org.jspecify.annotations.NullMarked;
