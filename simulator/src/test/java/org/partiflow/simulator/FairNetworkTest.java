package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.partiflow.api.ServingOptions;
import org.partiflow.api.cluster.SharedLinks;
import org.partiflow.api.cost.KvTraffic;
import org.partiflow.api.cost.KvTransport;

class FairNetworkTest {
    private static final double NIC = 10e9 * KvTransport.RDMA_GDR.efficiency();
    private final SharedLinks shared = new SharedLinks(Fixtures.cluster(3));
    private final EventQueue events = new EventQueue();

    private int link(String id) {
        for (int i = 0; i < shared.count(); i++) {
            if (shared.id(i).equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException(id);
    }

    private KvPath path(double bytesPerToken, String... ids) {
        List<Integer> links =
                java.util.Arrays.stream(ids).map(this::link).sorted().toList();
        List<Double> bytes = links.stream().map(i -> bytesPerToken).toList();
        return new KvPath(0, 1, new KvTraffic(links, bytes, true), 0, Fixtures.MODEL, ServingOptions.DEFAULT, shared);
    }

    private double end(FairNetwork network, int expectedRequest) {
        while (true) {
            double time = events.nextTime();
            int request = network.end(EventQueue.number(events.poll()), time);
            if (request >= 0) {
                assertThat(request).isEqualTo(expectedRequest);
                return time;
            }
        }
    }

    /** Two paths share n0's NIC; the third shares n2's with the second, which leaves it more than half. */
    @Test
    void ratesAreMaxMinFair() {
        List<KvPath> paths = List.of(
                path(1000, "n0/nic-out", "n1/nic-in"),
                path(1000, "n0/nic-out", "n2/nic-in"),
                path(1000, "n1/nic-out", "n2/nic-in"));
        FairNetwork network = new FairNetwork(events, shared, ServingOptions.DEFAULT, paths, new Window(0, 100));
        double unit = NIC / 1000; // tokens per second of a whole NIC
        network.start(0, 10, (int) unit, 0);
        network.start(0, 11, (int) (2 * unit), 0);
        network.start(1, 12, (int) (3 * unit), 0);
        network.start(2, 13, (int) unit, 0);
        // three on n0: a third each; path 2 gets the remaining two thirds of n2
        assertThat(end(network, 13)).isCloseTo(1.5, within(1e-5));
        assertThat(end(network, 10)).isCloseTo(3, within(1e-5));
        // both left on n0 have a half
        assertThat(end(network, 11)).isCloseTo(5, within(1e-5));
        // 1 in 3 s, 1 in 2 s, the last alone
        assertThat(end(network, 12)).isCloseTo(6, within(1e-5));
        assertThat(network.uses(new Window(0, 100)))
                .filteredOn(use -> use.id().equals("n0/nic-out"))
                .singleElement()
                .satisfies(use -> assertThat(use.utilization()).isCloseTo(0.06, within(1e-6)));
    }
}
