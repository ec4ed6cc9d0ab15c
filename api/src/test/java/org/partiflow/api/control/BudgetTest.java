package org.partiflow.api.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static SolveControl control(long evaluations, Optional<Duration> time, CancellationToken token) {
        return new SolveControl(evaluations, time, 1, token, ProgressListener.SILENT);
    }

    @Test
    void evaluationsRunOut() {
        Budget budget = control(2, Optional.empty(), new CancellationToken()).start();
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isFalse();
        assertThat(budget.reason()).isEqualTo("LIMIT");
        assertThat(budget.limit()).isEqualTo("evaluations");
    }

    @Test
    void timeRunsOut() {
        Budget budget = control(Long.MAX_VALUE, Optional.of(Duration.ZERO), new CancellationToken())
                .start();
        assertThat(budget.mayGoOn()).isFalse();
        assertThat(budget.limit()).isEqualTo("time");
    }

    @Test
    void cancellationAndInterruptionStop() {
        CancellationToken token = new CancellationToken();
        Budget budget = control(Long.MAX_VALUE, Optional.empty(), token).start();
        assertThat(budget.mayGoOn()).isTrue();
        token.cancel();
        assertThat(budget.mayGoOn()).isFalse();
        assertThat(budget.reason()).isEqualTo("CANCELLED");

        Budget interrupted = SolveControl.unlimited().start();
        Thread.currentThread().interrupt();
        assertThat(interrupted.mayGoOn()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.mayGoOn()).as("once stopped, always stopped").isFalse();
    }

    @Test
    void whatDidNotStopConverged() {
        Budget budget = SolveControl.unlimited().start();
        budget.spend(1_000_000);
        assertThat(budget.reason()).isEqualTo("CONVERGED");
        assertThat(budget.limit()).isNull();
    }
}
