package com.example;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.partiflow.api.graph.Partition;
import org.partiflow.api.graph.PartitionMetrics;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.api.graph.PartitionResult;
import org.partiflow.api.spi.Partitioner;

/** Deals GPUs out to the blocks like cards, largest memory first, to and fro. Blind to links. */
public final class SnakePartitioner implements Partitioner {
    @Override
    public String name() {
        return "snake";
    }

    @Override
    public String description() {
        return "deals GPUs out to and fro, largest memory first";
    }

    @Override
    public PartitionResult partition(PartitionRequest request) {
        int blocks = request.blocks();
        int[] order = IntStream.range(0, request.graph().size())
                .boxed()
                .sorted(Comparator.comparing(gpu -> -request.graph().vertexWeight(gpu)))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] blockOf = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            int turn = i % (2 * blocks);
            blockOf[order[i]] = turn < blocks ? turn : 2 * blocks - 1 - turn;
        }
        Partition partition = new Partition(blockOf, blocks);
        PartitionMetrics metrics = PartitionMetrics.of(request.graph(), partition);
        boolean valid = metrics.heaviestBlock() <= request.maxBlockWeight()
                && metrics.lightestBlock() >= request.minBlockWeight();
        return valid ? new PartitionResult.Found(partition) : new PartitionResult.NotFound("dealing does not balance");
    }
}
