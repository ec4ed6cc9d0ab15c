package org.partiflow.solvers.placement;

import java.util.List;
import org.partiflow.solvers.network.Group;
import org.partiflow.solvers.strategy.GpuSet;

/**
 * A change of a layout: groups that go, groups that come, and the pool afterwards.
 *
 * @param without groups that go
 * @param with groups that come
 * @param pool GPUs in no group afterwards
 */
record Move(List<Group> without, List<Group> with, GpuSet pool) {}
