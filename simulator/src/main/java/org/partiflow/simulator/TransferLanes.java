package org.partiflow.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Gives transfers lanes so that none overlaps another in its lane: each the lowest that is free. O(n log n). */
final class TransferLanes {
    private record Busy(double until, int lane) {}

    private TransferLanes() {}

    /** The lane of each transfer, counted from 0. */
    static int[] of(List<ExecutionTrace.Transfer> transfers) {
        int[] lanes = new int[transfers.size()];
        PriorityQueue<Busy> busy = new PriorityQueue<>(Comparator.comparingDouble(Busy::until));
        TreeSet<Integer> free = new TreeSet<>();
        int[] byStart = IntStream.range(0, lanes.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> transfers.get(i).startSeconds()))
                .mapToInt(i -> i)
                .toArray();
        for (int i : byStart) {
            ExecutionTrace.Transfer transfer = transfers.get(i);
            while (!busy.isEmpty() && busy.peek().until() <= transfer.startSeconds()) {
                free.add(busy.poll().lane());
            }
            Integer lane = free.pollFirst();
            lanes[i] = lane == null ? busy.size() : lane;
            busy.add(new Busy(transfer.readySeconds(), lanes[i]));
        }
        return lanes;
    }
}
