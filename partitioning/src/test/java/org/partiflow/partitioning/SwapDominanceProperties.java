package org.partiflow.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.DeviceGraph;
import org.partiflow.api.graph.PartitionRequest;
import org.partiflow.testkit.Graphs;

/** Branch and bound that cuts off improvable swaps, against exhaustive search on clusters whose every link differs. */
class SwapDominanceProperties {
    private static final int NODE = 4;

    @Property(tries = 120, seed = "20251125")
    void theOptimumSurvives(
            @ForAll @IntRange(min = 4, max = 9) int vertices,
            @ForAll @IntRange(min = 2, max = 4) int blocks,
            @ForAll @IntRange(min = 3, max = 40) int percent,
            @ForAll long seed) {
        DeviceGraph graph = measured(vertices, seed);
        PartitionRequest request = new PartitionRequest(graph, blocks, percent / 100.0, 0, 1, SolveControl.unlimited());
        OptionalLong optimum = Graphs.optimalCut(request);
        DomainGraph domains = new DomainGraph(graph);
        assertThat(SwapDominance.applies(domains)).isTrue();
        BranchAndBound search = new BranchAndBound(
                domains,
                blocks,
                0,
                request.maxBlockWeight(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                request.control().start());
        assertThat(search.run()).isTrue();
        assertThat(search.best().isPresent()).isEqualTo(optimum.isPresent());
        search.best().ifPresent(counts -> {
            BlockState state = new BlockState(domains, request);
            state.reset(counts);
            assertThat(state.cut()).isEqualTo(optimum.orElseThrow());
        });
    }

    /** Nodes of four with strong links among them, every link a little different; a node's GPUs weigh the same. */
    private static DeviceGraph measured(int vertices, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] weights = new long[vertices];
        long[][] edges = new long[vertices][vertices];
        for (int a = 0; a < vertices; a++) {
            weights[a] = a / NODE % 2 == 0 ? 80 : 48;
            for (int b = 0; b < a; b++) {
                long nominal = a / NODE == b / NODE ? 4000 : 300;
                edges[a][b] = Math.round(nominal * (0.85 + 0.15 * random.nextDouble()));
                edges[b][a] = edges[a][b];
            }
        }
        return Graphs.of(weights, edges);
    }
}
