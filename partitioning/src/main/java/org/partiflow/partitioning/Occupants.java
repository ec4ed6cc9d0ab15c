package org.partiflow.partitioning;

import java.util.Arrays;

/**
 * The domains that lie in each block of a {@link BlockState}, kept while they move: so that looking at a block costs what
 * lies in it. The order within a block depends only on the moves. Moves must go through {@link #move}. Not thread-safe.
 */
final class Occupants {
    private static final int FIRST_CAPACITY = 8;

    private final BlockState state;
    private final int[][] domains;
    private final int[] size;

    /** Reads the state; O(domains x blocks). */
    Occupants(BlockState state) {
        this.state = state;
        domains = new int[state.blocks][FIRST_CAPACITY];
        size = new int[state.blocks];
        for (int d = 0; d < state.graph.domains(); d++) {
            for (int b = 0; b < state.blocks; b++) {
                if (state.count(d, b) > 0) {
                    enter(d, b);
                }
            }
        }
    }

    /** Number of domains in a block. */
    int size(int block) {
        return size[block];
    }

    /** One of them, by place. */
    int domain(int block, int place) {
        return domains[block][place];
    }

    /** Moves vertices of a domain between two different blocks; O(neighbouring domains + domains in the block). */
    void move(int domain, int from, int to, int number) {
        if (state.count(domain, to) == 0) {
            enter(domain, to);
        }
        state.move(domain, from, to, number);
        if (state.count(domain, from) == 0) {
            leave(domain, from);
        }
    }

    private void enter(int domain, int block) {
        if (size[block] == domains[block].length) {
            domains[block] = Arrays.copyOf(domains[block], 2 * size[block]);
        }
        domains[block][size[block]++] = domain;
    }

    private void leave(int domain, int block) {
        int[] list = domains[block];
        int at = 0;
        while (list[at] != domain) {
            at++;
        }
        list[at] = list[--size[block]];
    }
}
