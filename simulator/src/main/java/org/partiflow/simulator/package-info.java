/**
 * Discrete-event replay of a serving plan under a workload: queues, batches, KV transfers, latencies and goodput.
 * Entry point: {@link org.partiflow.simulator.Simulator}.
 */
@NullMarked
package org.partiflow.simulator;

import org.jspecify.annotations.NullMarked;
