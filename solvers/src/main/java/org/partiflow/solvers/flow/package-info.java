/** Max flow in plain Java: push-relabel on primitive arrays, and the proof of any backend's flow. */
@NullMarked
package org.partiflow.solvers.flow;

import org.jspecify.annotations.NullMarked;
