package org.partiflow.api.graph;

import java.util.Arrays;

/** An assignment of every vertex to one of k blocks. Immutable. */
public final class Partition {
    private final int[] blockOf;
    private final int blocks;

    /**
     * Takes an assignment.
     *
     * @param blockOf block of each vertex, in [0, blocks)
     * @param blocks number of blocks, at least 1; blocks may be empty
     */
    public Partition(int[] blockOf, int blocks) {
        this.blockOf = blockOf.clone();
        this.blocks = blocks;
        for (int block : blockOf) {
            if (block < 0 || block >= blocks) {
                throw new IllegalArgumentException("block " + block + " is not in [0, " + blocks + ")");
            }
        }
    }

    /** Number of vertices. */
    public int size() {
        return blockOf.length;
    }

    /** Number of blocks. */
    public int blocks() {
        return blocks;
    }

    /** Block of a vertex. */
    public int blockOf(int vertex) {
        return blockOf[vertex];
    }

    /** Vertices of a block, ascending. */
    public int[] members(int block) {
        int[] members = new int[blockOf.length];
        int count = 0;
        for (int v = 0; v < blockOf.length; v++) {
            if (blockOf[v] == block) {
                members[count++] = v;
            }
        }
        return Arrays.copyOf(members, count);
    }

    /** The assignment, as a copy. */
    public int[] toArray() {
        return blockOf.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partition p && p.blocks == blocks && Arrays.equals(p.blockOf, blockOf);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(blockOf) + blocks;
    }

    @Override
    public String toString() {
        return "Partition" + Arrays.toString(blockOf);
    }
}
