package org.partiflow.solvers.network;

import org.partiflow.api.plan.Phase;
import org.partiflow.solvers.strategy.GpuSet;
import org.partiflow.solvers.strategy.GroupStrategy;

/**
 * A serving group during search.
 *
 * @param set its GPUs
 * @param phase what it does
 * @param strategy how; {@link GroupStrategy#NONE} leaves it idle
 * @param requestsPerSecond rate that the objective lets it use, at most the strategy's
 * @param number equal for groups of the same GPUs and phase, different for others
 */
public record Group(GpuSet set, Phase phase, GroupStrategy strategy, double requestsPerSecond, int number) {}
