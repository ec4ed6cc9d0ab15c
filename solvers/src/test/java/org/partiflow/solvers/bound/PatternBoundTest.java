package org.partiflow.solvers.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.PlanningProblem;
import org.partiflow.api.cluster.Cluster;
import org.partiflow.api.cluster.Fabric;
import org.partiflow.api.cluster.Nic;
import org.partiflow.api.cluster.Node;
import org.partiflow.api.cluster.ZoneLink;
import org.partiflow.api.cost.CostModel;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.spi.CostModelFactory;
import org.partiflow.api.spi.Strategies;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.solvers.strategy.LatencyLimits;
import org.partiflow.solvers.strategy.NodeClasses;
import org.partiflow.solvers.strategy.StrategySearch;
import org.partiflow.testkit.Clusters;
import org.partiflow.testkit.Models;
import org.partiflow.testkit.Workloads;

/** What must happen to the bound when the cluster changes. */
class PatternBoundTest {
    private static final List<Phase> ALL = List.of(Phase.values());
    /** The price search stops this close to the least bound; the strategy search prefers latency within one per cent. */
    private static final double TOLERANCE = 0.011;

    private static double bound(Cluster cluster) {
        PlanningProblem problem = PlanningProblem.of(cluster, Models.llama2_70b(), Workloads.hpld());
        CostModel costModel =
                Strategies.named(CostModelFactory.class, "roofline").create(problem);
        StrategySearch search = new StrategySearch(problem, costModel, LatencyLimits.NONE);
        PatternTable table = PatternTable.of(problem, new NodeClasses(cluster), search, true, 2, () -> true)
                .orElseThrow();
        return new PatternBound(problem, table, ALL).relaxed().requestsPerSecond();
    }

    private static Cluster with(Cluster cluster, List<Node> nodes, Fabric fabric) {
        return new Cluster(cluster.name(), nodes, fabric, cluster.links());
    }

    private static Cluster twoZones(double gigabitsPerSecond) {
        Cluster thin = Clusters.twoZones20();
        ZoneLink link = new ZoneLink(
                "z0",
                "z1",
                Bandwidth.ofGigabitsPerSecond(gigabitsPerSecond),
                thin.fabric().between().get(0).latency());
        return with(thin, thin.nodes(), new Fabric(thin.fabric().zoneLatency(), List.of(link)));
    }

    @Test
    void aThickerLinkBetweenZonesNeverLowersTheBound() {
        double none = bound(twoZones(0));
        double thin = bound(twoZones(2));
        double thick = bound(twoZones(400));
        assertThat(thin).isGreaterThanOrEqualTo(none * (1 - TOLERANCE));
        assertThat(thick).isGreaterThanOrEqualTo(thin * (1 - TOLERANCE));
    }

    @Test
    void anotherNodeRaisesTheBound() {
        Cluster cluster = Clusters.mixed20();
        List<Node> fewer = cluster.nodes().subList(0, 4);
        assertThat(bound(cluster)).isGreaterThan(bound(with(cluster, fewer, cluster.fabric())));
    }

    @Test
    void theOrderOfNodesDoesNotMatter() {
        Cluster cluster = Clusters.mixed20();
        List<Node> reversed = new ArrayList<>(cluster.nodes());
        Collections.reverse(reversed);
        double one = bound(cluster);
        // Stages run in the order of node classes, so strategies may differ within the near tie of the search.
        assertThat(bound(with(cluster, reversed, cluster.fabric()))).isCloseTo(one, within(TOLERANCE * one));
    }

    @Test
    void narrowNicsLowerTheBoundAndWideOnesDoNotMatter() {
        Cluster cluster = Clusters.mixed20();
        double usual = bound(cluster);
        assertThat(bound(nics(cluster, 1))).isLessThan(0.98 * usual);
        double wide = bound(nics(cluster, 4_000));
        assertThat(bound(nics(cluster, 40_000))).isCloseTo(wide, within(TOLERANCE * wide));
    }

    private static Cluster nics(Cluster cluster, double gigabitsPerSecond) {
        List<Node> nodes = cluster.nodes().stream()
                .map(node -> new Node(
                        node.id(),
                        node.gpu(),
                        node.count(),
                        node.zone(),
                        node.intraNode(),
                        new Nic(
                                Bandwidth.ofGigabitsPerSecond(gigabitsPerSecond),
                                node.nic().latency()),
                        node.pricePerGpuHourUsd()))
                .toList();
        return with(cluster, nodes, cluster.fabric());
    }
}
