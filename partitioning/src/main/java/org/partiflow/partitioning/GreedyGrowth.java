package org.partiflow.partitioning;

/**
 * Grows one block after the other along the strongest links until each has its share of the remaining weight. O(domains
 * x blocks + edges x log domains). Stateless.
 */
final class GreedyGrowth {
    private GreedyGrowth() {}

    /** Places every vertex into the empty {@code state}; limits may be broken. */
    static void fill(BlockState state) {
        DomainGraph graph = state.graph;
        int[] left = new int[graph.domains()];
        long weightLeft = 0;
        int verticesLeft = graph.vertices();
        for (int d = 0; d < left.length; d++) {
            left[d] = graph.size(d);
            weightLeft += left[d] * graph.vertexWeight(d);
        }
        VertexHeap closest = new VertexHeap(left.length);
        for (int block = 0; block < state.blocks; block++) {
            int others = state.blocks - 1 - block;
            long target = weightLeft / (others + 1);
            int domain = heaviest(graph, left);
            closest.clear();
            while (domain >= 0 && verticesLeft > others) {
                int number = fitting(graph, state, domain, block, left[domain], target);
                number = Math.min(number, verticesLeft - others);
                if (number == 0 && others > 0) {
                    break;
                }
                number = others == 0 ? left[domain] : number;
                state.place(domain, block, number);
                left[domain] -= number;
                verticesLeft -= number;
                weightLeft -= number * graph.vertexWeight(domain);
                domain = closest(state, left, block, domain, closest);
            }
        }
        state.measure();
    }

    private static int heaviest(DomainGraph graph, int[] left) {
        int best = -1;
        long most = 0;
        for (int d = 0; d < left.length; d++) {
            long weight = left[d] * graph.vertexWeight(d);
            if (weight > most) {
                most = weight;
                best = d;
            }
        }
        return best;
    }

    /** The domain linked most strongly to the block, after {@code placed} has joined it; the heaviest if none is linked. */
    private static int closest(BlockState state, int[] left, int block, int placed, VertexHeap heap) {
        state.graph.forEachEdge(placed, (e, w) -> {
            if (left[e] > 0) {
                heap.put(e, state.connection(e, block));
            }
        });
        if (left[placed] > 0) {
            heap.put(placed, state.connection(placed, block));
        } else if (heap.contains(placed)) {
            heap.remove(placed);
        }
        return heap.isEmpty() ? heaviest(state.graph, left) : heap.top();
    }

    /** How many vertices bring the block nearest to its target; at least one into an empty block. */
    private static int fitting(DomainGraph graph, BlockState state, int domain, int block, int available, long target) {
        long unit = graph.vertexWeight(domain);
        long room = target - state.weight(block);
        long number = Math.max(0, (room + unit / 2) / unit);
        if (state.weight(block) + number * unit > state.most()) {
            number--;
        }
        long least = state.weight(block) == 0 ? 1 : 0;
        return (int) Math.max(least, Math.min(available, number));
    }
}
