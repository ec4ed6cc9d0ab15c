package com.example.scheduler;

import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;

/** Cuts the GPUs, in the order of their racks, into blocks of about equal memory. Holds no state. */
public final class RackOrderPartitioner implements Partitioner {
    /** Its name in {@code PlanningOptions}. */
    public static final String NAME = "rack-order";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "cuts the GPUs in the order of their racks into blocks of about equal memory";
    }

    @Override
    public PartitionResult partition(PartitionRequest request) {
        int size = request.graph().size();
        int blocks = request.blocks();
        double share = (double) request.graph().totalWeight() / blocks;
        int[] blockOf = new int[size];
        double before = 0;
        int block = 0;
        for (int gpu = 0; gpu < size; gpu++) {
            double middle = before + request.graph().vertexWeight(gpu) / 2.0;
            // Every block gets a GPU: none is skipped, and enough GPUs are left for the blocks to come.
            boolean due = block < blocks - 1 && gpu > 0 && middle >= (block + 1) * share;
            if (due || blocks - 1 - block >= size - gpu) {
                block++;
            }
            blockOf[gpu] = block;
            before += request.graph().vertexWeight(gpu);
        }
        Partition partition = new Partition(blockOf, blocks);
        PartitionMetrics metrics = PartitionMetrics.of(request.graph(), partition);
        boolean balanced = metrics.heaviestBlock() <= request.maxBlockWeight()
                && metrics.lightestBlock() >= request.minBlockWeight();
        return balanced
                ? new PartitionResult.Found(partition)
                : new PartitionResult.NotFound("the racks' order allows no such balance");
    }
}
