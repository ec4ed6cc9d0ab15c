package org.partiflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.partiflow.api.check.PhasePartitionChecker;
import org.partiflow.api.control.SolveControl;
import org.partiflow.api.graph.PhaseGraph;
import org.partiflow.api.graph.PhaseMetrics;
import org.partiflow.api.graph.PhasePartitionRequest;
import org.partiflow.api.graph.PhasePartitionResult;
import org.partiflow.api.spi.PhasePartitioner;

/** What every {@link PhasePartitioner} keeps; extend it once per implementation. */
public abstract class PhasePartitionerContract {
    private static final int CASES = 60;

    /** For subclasses. */
    protected PhasePartitionerContract() {}

    /** The partitioner under test. */
    public abstract PhasePartitioner partitioner();

    @Test
    void nameIsKebabCaseAndDescriptionIsThere() {
        assertThat(partitioner().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(partitioner().description()).isNotBlank();
    }

    @Test
    void neverBetterThanExhaustiveAndNeverWrongAboutItsProofs() {
        int found = 0;
        for (int i = 0; i < CASES; i++) {
            PhasePartitionRequest request = smallCase(i);
            Optional<PhaseMetrics> optimum = PhaseGraphs.optimum(request);
            PhasePartitionResult result = partitioner().partition(request);
            assertConsistent(request, result);
            if (result instanceof PhasePartitionResult.Found f) {
                found++;
                long bandwidth = PhaseMetrics.of(request.graph(), f.partition()).bandwidth();
                assertThat(bandwidth)
                        .as("case %d", i)
                        .isLessThanOrEqualTo(optimum.orElseThrow().bandwidth());
                if (f.proven()) {
                    assertThat(bandwidth)
                            .as("case %d", i)
                            .isEqualTo(optimum.get().bandwidth());
                }
            } else if (result instanceof PhasePartitionResult.Infeasible no) {
                assertThat(optimum).as("case %d is feasible", i).isEmpty();
                if (no.nearest().greatest()) {
                    assertThat(no.nearest().supply()).isEqualTo(PhaseGraphs.greatestSupply(request.graph()));
                }
            }
        }
        assertThat(found).isGreaterThan(0);
    }

    @Test
    void moreThanDivisibleGroupsSupplyIsProvenInfeasible() {
        PhaseGraph graph = PhaseGraphs.random(8, 5);
        PhasePartitionRequest request =
                new PhasePartitionRequest(graph, graph.divisibleSupply() + 1, 1, SolveControl.unlimited());
        PhasePartitionResult result = partitioner().partition(request);
        assertThat(result).isInstanceOf(PhasePartitionResult.Infeasible.class);
        assertConsistent(request, result);
    }

    @Test
    void twoGroupsWithoutSupplyNeedStillGetOneSideEach() {
        PhasePartitionRequest request = new PhasePartitionRequest(
                new PhaseGraph(new long[2][2], new long[2], new long[2]), 0, 1, SolveControl.unlimited());
        assertThat(partitioner().partition(request)).isInstanceOf(PhasePartitionResult.Found.class);
    }

    @Test
    void sameRequestSameAnswerAlsoConcurrently() {
        PhasePartitioner shared = partitioner();
        PhasePartitionRequest request =
                PhasePartitionRequest.ofShare(PhaseGraphs.random(15, 3), 0.8, 9, SolveControl.unlimited());
        PhasePartitionResult alone = shared.partition(request);
        assertConsistent(request, alone);
        assertThat(IntStream.range(0, 4).parallel().mapToObj(i -> shared.partition(request)))
                .containsOnly(alone);
    }

    @Test
    void cancelledAtStartReturnsCleanly() {
        SolveControl cancelled = SolveControl.unlimited();
        cancelled.cancellation().cancel();
        for (SolveControl control :
                new SolveControl[] {cancelled, SolveControl.evaluations(0), SolveControl.evaluations(3)}) {
            for (int groups : new int[] {2, 9, 18}) {
                PhasePartitionRequest request =
                        new PhasePartitionRequest(PhaseGraphs.random(groups, groups), 1, 1, control);
                PhasePartitionResult result = partitioner().partition(request);
                assertThat(result).isNotInstanceOf(PhasePartitionResult.Infeasible.class);
                assertConsistent(request, result);
            }
        }
    }

    /** Asserts what can be checked without an optimum. */
    protected static void assertConsistent(PhasePartitionRequest request, PhasePartitionResult result) {
        if (result instanceof PhasePartitionResult.Found found) {
            assertThat(PhasePartitionChecker.violations(request, found.partition()))
                    .isEmpty();
        } else if (result instanceof PhasePartitionResult.Infeasible no) {
            assertThat(no.nearest().supply())
                    .isLessThan(request.leastSupply())
                    .isEqualTo(PhaseMetrics.of(request.graph(), no.nearest().partition())
                            .supply());
        }
    }

    /** A request on 2 to 10 groups; some are infeasible. */
    protected static PhasePartitionRequest smallCase(int index) {
        SplittableRandom random = new SplittableRandom(index);
        PhaseGraph graph = PhaseGraphs.random(2 + index % 9, index);
        return PhasePartitionRequest.ofShare(graph, random.nextDouble(), index, SolveControl.unlimited());
    }
}
