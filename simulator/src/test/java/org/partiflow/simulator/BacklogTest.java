package org.partiflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BacklogTest {
    /** Arrivals at 0, 1, 2, ...; request {@code i} ends at {@code perRequest * (i + 1)}. */
    private static RequestRecords oneAfterAnother(int requests, double perRequest) {
        double[] arrivals = new double[requests];
        int[] ones = new int[requests];
        for (int i = 0; i < requests; i++) {
            arrivals[i] = i;
            ones[i] = 1;
        }
        RequestTable table = new RequestTable(arrivals, ones, ones);
        for (int i = 0; i < requests; i++) {
            table.complete(i, Math.max(i, perRequest * i) + perRequest);
        }
        return new RequestRecords(table, requests);
    }

    @Test
    void aServerThatKeepsUpHasNone() {
        assertThat(Backlog.growth(oneAfterAnother(1000, 0.9))).isZero();
    }

    @Test
    void anOverloadedServersGrowsByTheShareThatIsNotServed() {
        assertThat(Backlog.growth(oneAfterAnother(1000, 1.25))).isCloseTo(0.2, within(0.005));
    }

    @Test
    void unfinishedRequestsStayAndRejectedOnesNeverCount() {
        RequestTable table = new RequestTable(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, new int[8], new int[8]);
        assertThat(Backlog.growth(new RequestRecords(table, 8))).isEqualTo(1);
        for (int i = 0; i < 8; i++) {
            table.state[i] = RequestTable.REJECTED;
        }
        assertThat(Backlog.growth(new RequestRecords(table, 8))).isZero();
    }

    @Test
    void itNeedsAFewRequests() {
        assertThatThrownBy(() -> Backlog.growth(oneAfterAnother(3, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 4 requests, got 3");
    }
}
